"""A platform's guide as browsers get it: its manifest, each sentence beside the code for saying it in any language."""

from __future__ import annotations

from pydantic import BaseModel

from dragoman.channels.contract import Approval, Field, Manifest, Step, Way
from dragoman.config import Settings
from dragoman.live.message_shapes import Wording, worded


class Sentence(BaseModel):
    text: str
    wording: Wording | None = None


class FormField(BaseModel):
    name: str
    label: Sentence
    hint: Sentence
    secret: bool
    optional: bool


class LoginWay(BaseModel):
    """One of several ways to log in."""

    name: str
    title: Sentence
    words: Sentence


class GuideStep(BaseModel):
    """``shows``: names of what is to be entered at the platform. ``ways``: only with these; empty: with all."""

    name: str
    title: Sentence
    words: list[Sentence]
    link: str
    fields: list[str]
    shows: list[str]
    ways: list[str]


class PlatformApproval(BaseModel):
    name: str
    title: Sentence
    words: Sentence
    link: str


class Platform(BaseModel):
    """``reachable``: by the address that this installation has. ``has_practice``: there is a simulator."""

    platform: str
    title: str
    needs: list[Sentence]
    minutes: int
    ways: list[LoginWay]
    steps: list[GuideStep]
    fields: list[FormField]
    approvals: list[PlatformApproval]
    first_word: Sentence
    afterwards: list[Sentence]
    polls: bool
    reachable: bool
    has_practice: bool


def platform_shown(manifest: Manifest, settings: Settings) -> Platform:
    return Platform(
        platform=manifest.platform,
        title=manifest.title,
        needs=[_said(each) for each in manifest.needs],
        minutes=manifest.minutes,
        ways=[_way(each) for each in manifest.ways],
        steps=[_step(each) for each in manifest.steps],
        fields=[_field(each) for each in manifest.fields],
        approvals=[_approval(each) for each in manifest.approvals],
        first_word=_said(manifest.first_word),
        afterwards=[_said(each) for each in manifest.afterwards],
        polls=manifest.polls,
        reachable=settings.own_url.startswith("https://"),
        has_practice=settings.simulator_url is not None,
    )


def _said(text: str) -> Sentence:
    return Sentence(text=text, wording=worded(text))


def _field(field: Field) -> FormField:
    return FormField(
        name=field.name,
        label=_said(field.label),
        hint=_said(field.hint),
        secret=field.secret,
        optional=field.optional,
    )


def _way(way: Way) -> LoginWay:
    return LoginWay(name=way.name, title=_said(way.title), words=_said(way.words))


def _step(step: Step) -> GuideStep:
    return GuideStep(
        name=step.name,
        title=_said(step.title),
        words=[_said(each) for each in step.words],
        link=step.link,
        fields=list(step.fields),
        shows=list(step.shows),
        ways=list(step.ways),
    )


def _approval(approval: Approval) -> PlatformApproval:
    return PlatformApproval(
        name=approval.name, title=_said(approval.title), words=_said(approval.words), link=approval.link
    )
