"""An HTML page that is whole in itself: it asks nothing of elsewhere, and says so to the browser."""

from html import escape


def html_page(title: str, style: str, body: str) -> str:
    """Return a page with a title, which is escaped here, and a body that is escaped already."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n<main>\n{body}\n</main>\n</html>\n"
    )
