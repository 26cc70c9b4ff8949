"""Pictures of screens, kept beside the tests. Update one only after looking at it."""

import re
from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.app.stage import Stage


class SvgExtension(SingleFileSnapshotExtension):
    """A picture a file, named after its test."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def looks_right(snapshot: SnapshotAssertion) -> Callable[[Stage], None]:
    """Compare what stands on the screen with the picture of this test."""

    def compare(stage: Stage) -> None:
        svg = stage.app.export_screenshot(simplify=True)
        assert re.sub(r"terminal-\d+-", "terminal-", svg) == snapshot(extension_class=SvgExtension)

    return compare
