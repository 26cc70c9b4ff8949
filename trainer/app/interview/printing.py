"""A brief as a page that prints."""

from functools import partial
from typing import TYPE_CHECKING

from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine
    from trainer.reports.brief import Brief


def print_brief(app: "Host", engine: "Engine", brief: "Brief") -> str:
    """Hand a brief over as a page; return what there is to say."""
    name, page = engine.brief_file(brief), partial(engine.printed_brief, brief)
    try:
        return app.hand_over(name, page, partial(engine.save_brief, brief))
    except TrainerError as error:
        return str(error)
