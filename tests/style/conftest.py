"""What needs scikit-learn, the extra `style`, is left out where that is not there; `.ci/run` installs it."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("sklearn") else ["test_style.py"]
