"""What all tests share."""

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported
