"""What all tests share."""

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported

from hypothesis import settings

settings.register_profile("fixed", deadline=None, derandomize=True)
settings.register_profile("random", deadline=None, derandomize=False, print_blob=True)
settings.load_profile("fixed")  # the same cases in every run; new ones: pytest --hypothesis-profile=random
