"""The words that come before the first point of an expected answer: "A good candidate should mention"."""

import re

_TELLS = (
    r"demonstrat|show|explain|mention|discuss|describ|includ|cover|address|highlight|provid|outlin|referenc"
    r"|emphasi[sz]|identify|list|giv|detail|express|present|shar|understand|know|hav|articulat|say|tell|nam"
    r"|reflect|acknowledg|recogni[sz]|stress|convey|prov|not|rais|illustrat"
)
_VERB = (
    rf"(?:(?!mentions? of\b)(?:{_TELLS})e?s?\b(?<!\bnot)|identifies\b|has\b"
    r"|(?:talk|speak|hear)s? (?:about|of)\b|(?:point|refer|speak)s? to\b"
    r"|(?:touch|focus|elaborate|expand|comment)(?:e?s)? (?:up)?on\b"
    r"|brings? up\b|(?:walk|talk|take)s? (?:you |us |the panel |the interviewer )?through\b) ?"
)
_TELLING = (
    r"(?:explaining|describing|discussing|naming|mentioning|listing|showing|giving|outlining|sharing"
    r"|(?:talking|speaking) about)\b ?"
)
_FILLER = (
    r"(?:(?:ideally|also|clearly|usually|typically|probably|then|readily|at (?:the very )?least|at minimum"
    r"|(?:be )?able to|be (?:expected|ready|prepared) to|feel (?:able|free) to)\b ?"
    rf"|(?:(?:be|feel|is|are) )?(?:comfortable|confident|capable of|good at) {_TELLING})"
)
_MODAL = r"(?:should|must|will|would|could|can|may|might|needs? to|ha(?:s|ve) to|ought to)\b ?"
_OF_A_THING = (
    r"(?:(?:an? |the |some |any )?(?:(?:clear|specific|concrete|detailed|good|real|brief|short|full|few"
    r"|several|two|three|one or two)\b ?)*"
    r"(?:examples?|descriptions?|explanations?|mentions?|discussions?|accounts?) (?:of|about)\b ?)?"
)
"""What says no more than that something is told: "a clear explanation of"."""
_BARE = (
    r"(?:(?!mentions? of\b)(?:explain|mention|discuss|describe|demonstrate|include|outline|name|articulate"
    r"|list|understand|know|show|cover|give|highlight|acknowledge|recogni[sz]e|emphasi[sz]e)(?:e?s)?\b"
    r"|identif(?:y|ies)\b|(?:talk|speak)s? about\b|(?:point|refer|speak)s? to\b|touch(?:es)? on\b"
    r"|brings? up\b|(?:walk|talk)s? (?:you |us )?through\b) ?"
)
"""A verb that tells, where nobody is named who should: not "Notes on each cue"."""
_VERBS = rf"{_VERB}(?:(?:and|or|/) {_VERB})?{_OF_A_THING}"
_WHO = (
    r"(?:(?:the |an? |your |any |this |their )?(?:ideal |good |best |better |strong |stronger |great "
    r"|solid |top |model |complete )?"
    r"(?:candidates?|answers?|responses?|applicants?|interviewees?"
    r"|they|them|people|someone|somebody|anyone)\b ?)"
)
_OPENING = re.compile(
    r"it (?:is|would be|helps) ?(?:good|important|great|best|useful)? (?:if|that|when) "
    r"(?=(?:they|the|candidates)\b)"
    r"|(?:at|for|in|as|on|from|with|when|here|ideally|overall)\b(?: [\w'’-]+){0,6}?, (?=[\w'’-])",
    re.IGNORECASE,
)
"""What may stand before a lead-in: "At this level,"."""
_LEADS = (
    # "A senior rigger should be able to explain": whoever it is, if what they do is to tell.
    re.compile(
        rf"(?:(?!(?:how|what|when|where|whether|which|who|why|if|that)\b)[\w'’-]+ ){{1,6}}?"
        rf"{_MODAL}(?:{_FILLER})*{_VERBS}",
        re.IGNORECASE,
    ),
    # What heads a list of points.
    re.compile(
        r"(?:(?:some|the) )?(?:key|main|good|important|strong) (?:points?|elements?|signs?|things|topics"
        r"|aspects)"
        r"(?: to (?:cover|mention|listen for|look for|hear|include))?(?: (?:include|are)\b:? ?|: ?)",
        re.IGNORECASE,
    ),
    # "What matters is", "What we want to hear are"
    re.compile(
        r"(?:what (?:(?:really|also|most) )?(?:matters|counts|helps|(?:you|we) (?:want|hope|expect|need)"
        r"(?: to (?:hear|see|find))?|(?:you|we) (?:look|listen) for|(?:is|are) (?:important|needed|wanted)"
        rf"|makes (?:an? )?(?:good|strong) (?:answer|candidate)|{_WHO}{_MODAL}(?:{_FILLER})*{_VERB})"
        r"(?: (?:most|here|above all|in particular|at this level))*"
        r"|the (?:(?:most|really) )?(?:important|main|key) (?:thing|point|part)s?)"
        r" ?(?:(?:is|are)\b(?: (?:that|whether) (?:they )?)?:? ?|: ?)",
        re.IGNORECASE,
    ),
    # "Should demonstrate", "A good answer includes", "Listen for candidates who can name"
    re.compile(
        rf"(?:(?:look|listen|watch) (?:out )?for\b ?|expect(?:ed)?(?: to {_VERB}|\b ?)"
        rf"|(?:you|we) (?:want|hope|expect|would like|are looking)(?: for| to {_VERB})\b ?)?"
        rf"(?:(?:{_WHO}(?:(?:who|that|which)\b ?)?|{_FILLER}|{_MODAL})"
        rf"(?:{_FILLER}|{_MODAL}|(?:to|for|be)\b ?)*(?:{_VERBS})?"
        rf"|(?:for\b ?)?(?:{_BARE}(?:(?:and|or|/) {_VERB})?)?){_OF_A_THING}",
        re.IGNORECASE,
    ),
)
"""What comes before the first point."""
_LATER_LEAD = re.compile(
    rf"(?:(?:they|he or she|candidates?) )?(?:{_MODAL}(?:{_FILLER})*{_VERBS}"
    rf"|(?:also )?(?:explain|mention|discuss|describe|demonstrate|talk about)(?:e?s)?\b {_OF_A_THING})",
    re.IGNORECASE,
)
"""What comes before a later point, in a sentence that had a lead-in: "…, and discuss"."""


def after_lead_in(answer: str, start: int, end: int) -> int:
    """Return where the first point of a sentence begins."""
    opening = _OPENING.match(answer, start, end)
    for begin in (opening.end(), start) if opening else (start,):
        for lead in _LEADS:
            found = lead.match(answer, begin, end)
            if found and begin < found.end() < end:
                return found.end()
    return start


def after_later_lead_in(answer: str, start: int, end: int) -> int:
    """Return where a later point begins, in a sentence that had a lead-in before its first."""
    found = _LATER_LEAD.match(answer, start, end)
    return found.end() if found and found.end() < end else start


def without_lead_in(text: str) -> str:
    """Return an item of an answer that comes as a list, without its lead-in."""
    return text[after_lead_in(text, 0, len(text)) :]
