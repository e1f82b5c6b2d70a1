"""Telling what a template asks from what a council answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workbench.intake.headings import normalise
from workbench.template import Template
from workbench.template.model import clean
from workbench.words import group, languages, say

_PLACEHOLDER = re.compile(
    r"""^[\W_]*(?:
        (?:please\s+)?(?:click|tap|press|double[- ]click)(?:\s+or\s+(?:tap|click))?\s+
            (?:here\s+|on\s+|this\s+|inside\s+|the\s+|icon\s+){0,3}
            (?:to|and)\s+(?:enter|type|insert|add|write|choose|select|edit|begin|start|fill|pick)\b.{0,50}
        |(?:please\s+)?(?:choose|select|pick)\s+(?:an?|one|your|the)\s+(?:item|option|council|date|authority|value)\b.{0,30}
        |(?:please\s+)?(?:enter|type|insert|write|add|put)\s+(?:your\s+|the\s+|some\s+|any\s+|a\s+)?
            (?:\w+\s+){0,4}(?:here|below|in\s+this\s+box|in\s+the\s+box)
        |(?:your\s+)?(?:text|answer|response|title|name)\s+(?:goes\s+)?here
    )[\W_]*$""",
    re.VERBOSE,
)
_ENCLOSED = re.compile(
    r"^(?:\[(?P<square>[^\[\]]+)\]|<(?P<angle>[^<>]+)>|\{(?P<curly>[^{}]+)\})\W*$", re.DOTALL
)
_ASKING = re.compile(
    r"^(?:please\s+)?(?:insert|enter|type|add|describe|provide|give|explain|include|outline|list|state|write|say|tell\s+us"
    r"|summarise|name|your|max|maximum|up\s+to|what|who|how|why|when|where|which|delete|guidance|note|\d+)\b"
)
_POLITE = re.compile(
    r"^please\s+(?:\w+ly\s+)?(?:describe|provide|include|give|explain|outline|tell\s+us|summarise|summarize|list|insert|enter"
    r"|be|keep|ensure|refer|complete|state|add|write|set\s+out|attach|limit|indicate|specify|fill|answer|delete)\b"
)
_LIMIT_ALONE = re.compile(
    r"^[\W_]*(?:(?:word\s+(?:limit|count)|length|limit)\W*)?"
    r"(?:(?:please\s+)?(?:use|write|keep\s+to|aim\s+for|up\s+to|max(?:imum)?(?:\s+of)?|no\s+more\s+than|approx(?:imately)?"
    r"|about|around|between|minimum)\.?\s*){0,3}"
    r"\d[\d,]*(?:\s*(?:-|–|to|and)\s*\d[\d,]*)?\s*words?\b(?:\s*(?:max(?:imum)?|limit|or\s+(?:fewer|less)|long|in\s+total))?[\W_]*$"
)
_COUNT = re.compile(r"^[\W_]*(?:total\s+)?(?:word\s+count|number\s+of\s+words(?:\s+used)?)\W*[\d,]*[\W_]*$")
_ANSWER = re.compile(r"^\W*(?:your\s+)?(?:answer|response|ateb)\s*(?:[:–—]\s*|\W*$)", re.IGNORECASE)
_DETAIL = re.compile(
    r"^(?:your |officer |contact |work )?(?:name|full name|job title|role|position|post|team|department|directorate"
    r"|e ?mail|e ?mail address|tel|tel no|telephone|telephone number|phone|phone number|mobile|mobile number"
    r"|address|organisation|consent|consent to publish"
    r"|enw|enw llawn|rol|rôl|swydd|teitl swydd|adran|e bost|cyfeiriad e bost|rhif ffon|rhif ffôn|ffon|ffôn)$"
)
_CALLED = re.compile(
    r"^\W*(?:guidance|instructions?|prompt|hint|help)(?: notes?| text)?\s*[:–—-]\s*", re.IGNORECASE
)
_INSTRUCTION = re.compile(
    r"^\W*(?:please\b|e\.?\s?g\b|for example\b|set\s+the\s+scene\b"
    r"|(?:(?:briefly|clearly)\s+)?(?:(?:describe|tell\s+us|explain|outline|summarise|set\s+out|provide)"
    r"|(?:give|include|list|name|state)\s+(?:the|an?|any|all|some|your|us|full|brief|key|details?|examples?|figures|names?|links?)"
    r"|(?:say|state)\s+(?:who|what|how|why|where|when|which|if|whether|in))"
    r"\s+(?:\w+\W+)*\w+|(?:in\s+)?(?:up\s+to|max(?:imum)?|no\s+more\s+than|about|around)\b.*\bwords?\b)"
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_QUESTION = re.compile(r"^\W*(?:what|why|how|who|where|which|when)\b.*\?\W*$")
_ADDRESSED = re.compile(r"\b(?:you|your)\b")
_LIMITED = re.compile(r"\s*[(\[][^()\[\]]*\bwords?\b[^()\[\]]*[)\]]\W*$")
_WORD = re.compile(r"\w+")
_LONGEST = 900


class Prompts:
    """What one template says to those who fill it in, so that it is never taken for an answer."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        self._whole = frozenset(normalise(sentence) for sentence in sentences)
        self._long = tuple(words for words in self._whole if len(words) > 30)
        self._openings = tuple(clean(sentence) for sentence in sentences if len(sentence.split()) > 5)
        self._vocabulary = frozenset(
            word for sentence in sentences for word in _WORD.findall(clean(sentence))
        )
        self._longest = max(map(len, self._openings), default=0)

    @lru_cache(maxsize=4096)  # noqa: B019 - prompts live as long as the program
    def known(self, text: str) -> bool:
        """Whether `text` is a placeholder of an office program, or the template's own guidance, whole or in part."""
        if not text or len(text) > _LONGEST:
            return False
        line = _CALLED.sub("", clean(text), count=1)
        if len(line) < 160 and any(
            furniture.match(line) for furniture in (_PLACEHOLDER, _LIMIT_ALONE, _COUNT)
        ):
            return True
        enclosed = _ENCLOSED.match(line)
        if enclosed and _ASKING.match((enclosed["square"] or enclosed["angle"] or enclosed["curly"]).strip()):
            return True
        if any(word not in self._vocabulary for word in _WORD.findall(line[:60])[:4]):
            return False
        words = normalise(line)
        if words in self._whole:
            return True
        cut = self.leading(line)
        rest = line[cut:].strip()
        return self.known(rest) if cut and _WORD.search(rest) else self._nearly(words)

    def _nearly(self, words: str) -> bool:
        if len(words) < 30:
            return False
        if any(words in whole for whole in self._long):
            return True
        near = [
            whole for whole in self._long if abs(len(whole) - len(words)) < 12 and whole[:12] == words[:12]
        ]
        if not near:
            return False
        from rapidfuzz import fuzz

        return any(fuzz.ratio(whole, words) >= 93 for whole in near)

    def asks(self, text: str) -> bool:
        """Whether `text`, standing directly under a label, asks rather than answers."""
        return self.known(text) or (
            len(text) < 500 and (bool(_POLITE.match(clean(text))) or _only_asks(clean(text)))
        )

    def leading(self, text: str) -> int:
        """How many characters at the start of `text` are the template's guidance, an answer following it."""
        called = _CALLED.match(text)
        start = called.end() if called else 0
        folded = text[start : start + self._longest + 3].casefold()
        if folded.startswith(self._openings):
            for opening in self._openings:
                if folded.startswith(opening) and len(folded) > len(opening) + 2:
                    return start + len(opening)
        return 0


def answer_mark(text: str) -> int:
    """How many characters at the start of `text` only say that an answer follows: "Answer:", "Your response"."""
    found = _ANSWER.match(text)
    return found.end() if found else 0


def is_detail(text: str) -> bool:
    """Whether `text` is no more than the label of a part of a contact: "Email", "Telephone:"."""
    return len(text) < 40 and bool(_DETAIL.match(normalise(text)))


def instructs(text: str) -> bool:
    """Whether `text`, behind a label in one heading, reads like what to write rather than what was written."""
    line = clean(text)
    limited = _LIMITED.sub("", line)
    return len(text) < 300 and bool(
        _INSTRUCTION.match(line) or _only_asks(line) or (limited != line and limited.endswith("?"))
    )


def is_question(text: str) -> bool:
    """Whether `text` is a question and no more."""
    return bool(_QUESTION.match(clean(text)))


def _only_asks(line: str) -> bool:
    """Whether each sentence of a line is a question or an instruction, and one of them is put to the reader."""
    said = [sentence for sentence in _SENTENCE.split(_LIMITED.sub("", line)) if _WORD.search(sentence)]
    asked = [bool(_QUESTION.match(sentence)) for sentence in said]
    if not all(ask or _INSTRUCTION.match(sentence) for ask, sentence in zip(asked, said, strict=True)):
        return False
    put = zip(asked, said, strict=True)
    return any(_ADDRESSED.search(sentence) if ask else _POLITE.match(sentence) for ask, sentence in put)


@lru_cache(maxsize=64)
def _prompts(sentences: tuple[str, ...]) -> Prompts:
    return Prompts(sentences)


def prompts(template: Template) -> Prompts:
    """What `template` says to those who fill it in, in each language it may be sent out in."""
    written = (template.description, *(field.guidance for field in template.fields), *_elsewhere(template.id))
    each = (line for text in written for line in text.splitlines())
    instructions = (say("form", "instruction", language=language) for language in languages())
    return _prompts(tuple(sentence for sentence in (*instructions, *each) if sentence.strip()))


def called(template: Template) -> Iterator[str]:
    """What stands at the top of the template's blank form, in each language."""
    yield template.label
    yield from (
        told for each in languages() if (told := group(each, "questions").get(f"{template.id}.label"))
    )


def _elsewhere(template: str) -> Iterator[str]:
    """The guidance of a shipped template in the languages other than English."""
    for language in languages():
        for code, told in group(language, "questions").items():
            if code.startswith(f"{template}.") and code.endswith(".guidance"):
                yield told
