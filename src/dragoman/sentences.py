"""Every sentence that the server says to people has a code, by which browsers say it in their own language.

A reason is written once, travels and is kept as one English sentence; its code is found where it goes out to a
browser. So nothing on the way carries two things, and what was kept before a code existed has one as well.
"""

from __future__ import annotations

from functools import lru_cache

from dragoman.channels.meta.sentences import SENTENCES as OF_META
from dragoman.channels.registry import CHANNELS
from dragoman.kit.wording import Sentences, Wording

OURS = {
    "channel.not_connected": "This channel is not connected any more.",
    "channel.no_credentials": "This channel has no credentials any more: connect it again.",
    "channel.cannot_be_opened": "The stored credentials cannot be opened: {detail}.",
    "channel.needs_simulator": (
        "This channel is simulated: set DRAGOMAN_SIMULATOR_URL to where the simulator runs."
    ),
    "channel.connected_in_another_way": (
        "{names} is connected already in another way: remove that channel first."
    ),
    "channel.account_unknown": (
        "The platform no longer knows this account's connection to ours: its owner may connect it again."
    ),
    "channel.no_answer_in_time": "The platform did not answer in time.",
    "channel.no_answer_try_again": "The platform did not answer in time: try again.",
    "channel.unknown_platform": "There is no platform “{platform}”; there is: {known}.",
    "field.missing": "This is missing.",
    "field.too_small": "This must be {least} at least.",
    "field.too_large": "This must be {most} at most.",
    "field.too_long": "This may have {most} characters at most.",
    "field.too_many": "There may be {most} of these at most.",
    "channel.field_missing": "{label} is missing.",
    "channel.field_too_long": "This is far too long.",
    "channel.needs_https": "{platform} only delivers to a public https address.",
    "channel.needs_address": (
        "{platform} needs to reach us: set PUBLIC_URL to an https address that leads here."
    ),
    "past.not_shown": "This platform shows nothing of what was said before.",
    "past.broke": "Reading the past went wrong on our side: the log says how. It can be gone on with.",
    "past.not_wanted": "This workspace reads nothing in from before a connection.",
    "setup.too_many": "{most} set-ups are unfinished: give one up first.",
    "setup.no_such_way": "There is no such way to log in.",
    "setup.rights_missing": "The token lacks {rights}: make a new one that has it.",
    "setup.token_ends": "The token ends on {day}: make a new one before.",
    "setup.is_polled": "It is asked for news and needs no address.",
    "setup.address_unreachable": (
        "Our webhook address cannot be reached: see that PUBLIC_URL leads here, through every proxy."
    ),
    "setup.address_of_another": (
        "Something else answers at our webhook address: see that PUBLIC_URL leads to this installation."
    ),
    "setup.no_simulator": (
        "There is no simulator here: start one with “dragoman simulator”, set DRAGOMAN_SIMULATOR_URL to its "
        "address, or try “dragoman demo”."
    ),
    "setup.simulator_silent": (
        "The simulator does not answer: see that it runs where DRAGOMAN_SIMULATOR_URL says."
    ),
    "setup.no_practice_customers": "Only a practice account has practice customers.",
    "reply.needs_attention": "This channel needs attention first: {sentence}",
    "reply.blocked_us": "The customer has blocked us: nothing that we send would arrive.",
    "reply.cannot_ask": "This platform cannot be asked: look at the customer's answer.",
    "reply.too_many_files": "At most {most} files go with one reply.",
    "reply.file_gone": "One of these files is not here any more: add it again.",
    "reply.file_unreadable": "The file cannot be read any more: add it again.",
    "reply.quoted_elsewhere": "The message to be quoted is not in this conversation.",
    "reply.has_left": "It has left already.",
    "reply.not_failed_to_discard": "Only a message that failed can be discarded.",
    "reply.not_failed_to_retry": "Only a message that failed can be tried again.",
    "reply.known_already": "It is known already what became of this message.",
    "reply.our_fault": "A fault of ours: it could not be made ready. Try again.",
    "reply.database_away": "Our own database was away.",
    "reply.reaction_not_taken": "This channel does not take this reaction.",
    "reply.reaction_not_theirs": "Only what a customer wrote can bear a reaction.",
    "reply.window_closed": "The platform's reply window is closed until the customer writes again.",
    "reply.window_templates_only": (
        "The reply window is shut: until the customer writes again, the platform takes approved templates only."
    ),
    "reply.window_shut_meanwhile": (
        "The reply window shut before this left: nothing was sent, and the customer has to write first."
    ),
    "reply.nothing_written": "Write something, or add a file.",
    "reply.too_many_messages": "This would be {pieces} messages; at most {most} go with one reply.",
    "reply.too_many_drafts": "You have {most} drafts in this conversation already: send or discard one first.",
    "reply.draft_gone": "This draft was sent or discarded already, in another tab or on another device.",
    "reply.kind_not_carried": "This channel takes no {kind}.",
    "reply.file_too_large": "{name} has {size} MB; the channel takes {most} MB.",
    "reply.gave_up": "{sentence} We tried {tries} times.",
    "reply.answer_lost": "the answer to our request was lost",
    "reply.given_up": "the platform gave up on it without saying why",
    "template.gone": "There is no such template any more: choose another one.",
    "template.not_any_more": (
        "The platform no longer allows this template: nothing was sent. Choose another one."
    ),
    "template.says_otherwise": "The template says something else by now: nothing was sent. Choose it anew.",
    "template.own_words": "A template has words of its own.",
    "template.gap_empty": "Something is still to be filled in.",
    "template.gap_too_long": "What is filled in has {length} characters; at most {most} fit there.",
    "template.gap_lines": "What is filled in stands on one line, without tabs.",
    "template.gap_spaces": "What is filled in has at most {most} spaces in a row.",
    "template.gap_degrees": "A place is given in degrees, such as 59.91 and 10.75.",
    "template.too_long": "With its gaps filled in it has {length} characters; the platform takes {most}.",
    "template.no_file": "This template takes no file.",
    "template.file_missing": "A file belongs at the head of this template: choose one.",
    "template.file_kind": "The platform takes no such file at the head of a template.",
    "template.file_too_large": "The file at the head has {most} MB at most.",
    "conversation.never_opened": "This conversation was never opened.",
    "conversation.time_passed": "This time has passed already.",
    "conversation.too_far_ahead": "At most {days} days ahead.",
    "service.name_length": "A service level’s name has 1 to {most} characters on one line.",
    "service.nothing_promised": "Say how soon the first reply is due, or the next one.",
    "service.due_when": "A reply is due after 1 to {most} minutes.",
    "service.warned_when": "It is at risk before it is due: take less than the shorter of the two.",
    "service.too_many": "A workspace has {most} service levels at most: remove one first.",
    "service.others_by_now": "There are other service levels by now: look at them again.",
    "label.name_length": "A label has 1 to {most} characters on one line.",
    "label.taken": "There is a label of this name already.",
    "label.too_many": "A workspace has {most} labels at most: remove one first.",
    "label.too_many_on_one": "A conversation carries {most} labels at most.",
    "automatic.nothing_said": "Write what is said, or switch it off.",
    "automatic.too_long": "This has {length} characters; at most {most} are said by themselves.",
    "automatic.one_for_each": "There is one text for a language, and {most} at most.",
    "gap.unknown": "{written} is no variable here: there is {known}.",
    "gap.no_fallback": "Say what stands where the name is not known, such as {example}.",
    "team.name_length": "A team's name has 1 to {most} characters on one line.",
    "team.taken": "There is a team of this name already.",
    "team.too_many": "A workspace has {most} teams at most: remove one first.",
    "team.too_many_members": "A team has {most} members at most.",
    "team.owner_does_not_see": "Who does not see this channel cannot have its conversations.",
    "team.nobody_speaks": "Nobody here speaks {language}.",
    "team.all_away": "Everybody who speaks {language} is away.",
    "team.all_full": "Everybody who speaks {language} has as many open conversations as they take.",
    "team.nobody_skilled": "Nobody here has the skills that a rule asks for: {skills}.",
    "team.nobody_skilled_speaks": "Nobody with the skills that a rule asks for speaks {language}: {skills}.",
    "team.skilled_away": "Everybody with the skills that a rule asks for is away: {skills}.",
    "team.skilled_full": (
        "Everybody with the skills that a rule asks for has as many open conversations as they take: {skills}."
    ),
    "team.language_unknown": "There is no such language.",
    "team.too_many_languages": "A member speaks {most} languages at most.",
    "team.skill_length": "A skill has 1 to {most} characters on one line.",
    "team.too_many_skills": "A member has {most} skills at most.",
    "team.days_backward": "Days off end after they begin.",
    "team.no_hours": "Working hours need days of the week and times of day.",
    "team.no_length": "Working hours begin and end at different times; from midnight to midnight is a whole day.",
    "team.hours_overlap": "Some of these working hours are there twice: let one end before the next begins.",
    "note.nothing_written": "Write something first.",
    "note.too_long": "A note has at most {most} characters.",
    "note.too_many_mentioned": "A note mentions at most {most} people.",
    "note.not_its_author": "Only its author changes a note.",
    "note.mentioned_has_left": "Somebody mentioned here is no member of this workspace any more.",
    "note.mention_unreachable": "{name} does not see this channel: a mention would not reach them.",
    "rule.name_length": "A rule's name has 1 to {most} characters on one line.",
    "rule.too_many_conditions": "A rule has {most} conditions at most.",
    "rule.cannot_be_asked": "This cannot be asked in this way.",
    "rule.does_nothing": "A rule does something: choose what.",
    "rule.too_many_actions": "A rule does {most} things at most.",
    "rule.nothing_here": "Nothing belongs here.",
    "rule.choose_one_only": "Choose one only.",
    "rule.assignee_gone": "Whoever is named here is not there any more.",
    "rule.skill_gone": "Nobody here has a skill that is named.",
    "rule.choose_one": "Choose at least one.",
    "rule.choose_fewer": "Choose {most} at most.",
    "rule.channel_gone": "A channel named here is not connected any more.",
    "rule.no_platform": "There is no such platform.",
    "rule.not_shelved_then": "Only what a customer has just written can be shelved.",
    "rule.not_closed_then": "Whoever waits for us is not closed by a clock.",
    "step.no_priority": "Say how urgent it is.",
    "trail.no_entry": "There is no such entry.",
    "trail.cannot_be_taken_back": "This cannot be taken back.",
    "trail.changed_since": "It has been changed since: nothing was taken back.",
    "rule.nothing_to_answer": "Nobody waits then: there is nothing to answer.",
    "rule.no_priority": "There is no such priority.",
    "rule.team_gone": "A team named here is not there any more.",
    "rule.text_length": "A text here has 1 to {most} characters.",
    "rehearsal.not_of_a_turn": "Only what is done about a customer's turn can be tried on the past.",
    "rule.label_gone": "A label named here is not there any more.",
    "rule.webhook_gone": "A webhook named here is not there any more.",
    "rule.member_gone": "Somebody named here is no member of this workspace any more.",
    "rule.no_noise": "There is no such kind of noise.",
    "rule.no_kind": "There is no such kind of message.",
    "rule.no_status": "There is no such status.",
    "rule.language_name": "This is not how a language is named: en, ko, zh-Hans.",
    "rule.write_word": "Write at least one word.",
    "rule.word_length": "Words here have 1 to {most} characters.",
    "rule.write_pattern": "Write a pattern.",
    "rule.pattern_length": "A pattern has {most} characters at most.",
    "rule.pattern_unreadable": "This is no pattern that we can read.",
    "rule.pattern_round_open": "This pattern opens a round bracket and never closes it: {part}",
    "rule.pattern_round_closed": "This pattern closes a round bracket that it never opened: {part}",
    "rule.pattern_square_open": "This pattern opens a square bracket and never closes it: {part}",
    "rule.pattern_nothing_repeated": "In this pattern nothing that could be repeated stands before {part}",
    "rule.pattern_repeated_twice": "This pattern repeats what is repeated already: {part}",
    "rule.pattern_repeated_how": "This pattern repeats something too often, or less often than at least: {part}",
    "rule.pattern_no_range": "This pattern has a range of signs that is none: {part}",
    "rule.pattern_no_escape": "This pattern has a backslash before something that it does not go with: {part}",
    "rule.pattern_ends_escaping": "This pattern ends in a backslash: what it belongs to is missing.",
    "rule.pattern_no_group": "This pattern has a group of a kind that we do not know: {part}",
    "rule.whole_number": "A whole number from 1 to {most}.",
    "rule.share": "A number from 0 to 1.",
    "rule.minutes": "A whole number of minutes, {most} at most.",
    "rule.yes_or_no": "Yes or no.",
    "rule.hours": "Days of the week and times of day belong here.",
    "rule.too_many": "A workspace has {most} rules at most: remove one first.",
    "evening.no_time": "The evening line needs days of the week and a time of day.",
    "ledger.days": "The ledger shows the last {most} days.",
    "ledger.unaccounted": "Of {day} {count} cannot be found: the ledger names them.",
    "rehearsal.too_many": "{most} rehearsals are running: stop one, or wait.",
    "rule.unreadable": (
        "Another version of Dragoman made this rule of what this one does not know: run that version, or make the "
        "rule anew."
    ),
    "rule.failed": "It failed {times} times in a row ({what}).",
    "rule.changed_meanwhile": "Somebody changed this rule meanwhile: look at it again.",
    "rule.set_changed_meanwhile": "Somebody changed the rules meanwhile: look at them again.",
    "webhook.too_many": "A workspace has {most} webhooks at most: remove one first.",
    "webhook.name": "A webhook's name has 1 to {most} characters on one line.",
    "webhook.address_too_long": "An address has {most} characters at most.",
    "webhook.needs_https": "A webhook's address begins with https://.",
    "webhook.is_private": ("This address lies in a private network: whoever runs this server may allow it."),
    "webhook.is_called": "Rules call this webhook: {names}. Change them first.",
    "webhook.cannot_be_opened": "The webhook's address cannot be opened with the keys that there are.",
    "webhook.not_again": "This call cannot be sent again: it is on its way, or is gone.",
    "webhook.answered": "It answered {status}.",
    "webhook.our_fault": "A fault of ours: the log says which.",
    "webhook.did_not_arrive": "Calls of “{name}” did not arrive.",
    "webhook.too_many_wait": "{most} calls of it waited already.",
    "rule.text_too_long": "A text of rules has {most} characters at most.",
    "rule.text_version": "It begins with “version: 1”.",
    "rule.text_line": "Line {line}: {sentence}",
    "rule.text_no_yaml": "This is no YAML that we can read.",
    "rule.text_aliases": "Aliases are not read here: write it out.",
    "rule.text_several": "There are several of the name “{name}”: write the id.",
    "rule.text_unknown": "“{name}” is not known here.",
    "rule.text_days": "Days are written mon, tue, wed, thu, fri, sat, sun.",
    "rule.text_time": "A time of day is written 09:30.",
    "rule.text_mapping": "Names and their values belong here.",
    "rule.text_not_here": "“{name}” does not belong here.",
    "rule.text_missing": "“{name}” is missing.",
    "rule.text_list": "A list belongs here.",
    "rule.text_pair": "One name and its value belong here.",
    "rule.text_single": "A single value belongs here.",
    "rule.text_number": "A number belongs here.",
    "view.name_length": "A view's name has 1 to {most} characters on one line.",
    "view.too_many_shared": "A workspace has {most} shared views at most: remove one first.",
    "view.too_many_own": "You have {most} views of your own already: remove one first.",
    "file.not_here_any_more": "it is not here any more",
    "file.not_plain_address": "The address is no plain web address.",
    "file.address_characters": "The address holds characters that no address may hold.",
    "file.address_unreadable": "The address cannot be read.",
    "file.next_address_unreadable": "The address leads to one that cannot be read.",
    "file.disk_full": "There is no room left on the disk for files.",
    "file.too_large": "The file is larger than {most} MB.",
    "file.leads_on": "The address leads on and on, more than {most} times.",
    "file.no_address": "The name {host} has no address.",
    "file.not_just_now": "The other side could not give the file just now (it answered {status}).",
    "file.not_given": "The other side does not give us the file (it answered {status}).",
    "file.strange_host": "Files of this channel do not come from {host}.",
    "file.not_https": "The address at {host} is not https.",
    "file.not_public": "{host} is not a public address.",
    "file.name_unknown": "The name {host} cannot be found.",
    "file.too_slow": "It took too long to fetch the file.",
    "file.connection_failed": "The connection failed while fetching the file.",
    "file.place_forgotten": "Where this file lies is not known any more.",
    "file.channel_gone": "Its channel is not connected any more.",
    "file.place_not_told": "The platform did not say in time where the file lies.",
    "file.place_unreadable": "Where this file lies cannot be read: {detail}.",
    "file.packed_broken": "The file came packed, and broken.",
    "file.packed_unknown": "The file came packed in a way that we do not know.",
    "file.upload_too_slow": "The file took too long to arrive.",
    "file.empty": "The file is empty.",
    "outside.too_slow": "The other side did not answer in time.",
    "outside.connection_failed": "The connection to the other side failed.",
    "notifications.browser_gone": (
        "The push service does not know this browser any more: turn notifications on again in it."
    ),
    "notifications.browser_refused": (
        "The push service refuses this browser (it answered {status}): turn notifications off and on in it."
    ),
    "notifications.no_time_zone": "There is no such time zone.",
    "notifications.no_quiet_hours": "Quiet hours need days of the week and times of day.",
    "notifications.not_reachable": "This is not how a browser is reached.",
    "notifications.device_removed": "This device was removed.",
    "shelf.not_there": "There is no such thing on the shelf.",
    "shelf.no_longer": "It is no longer on the shelf.",
    "shelf.no_class": "This is no class of noise: {kind}",
    "language.no_code": "This is no code of a language, such as ko or zh-Hant.",
    "language.no_contact": "There is no such contact.",
    "access.first_owner_is_there": "The first workspace has its owner already: ask them to invite you.",
    "access.last_owner": "The last owner stays: make somebody else an owner first.",
    "access.too_many_invitations": "{most} invitations are open already: take one back first.",
    "access.invited_somebody_else": "This invitation is for {email}: sign out first.",
    "access.member_already": "You are a member of this workspace already.",
    "access.wrong_password": "This is not your password.",
    "access.has_account": "{email} has an account already.",
    "access.not_an_email": "This must be an e-mail address such as maria@example.com.",
    "access.name_length": "This must be 1 to {most} characters on one line.",
    "access.password_length": "A password must have {least} to {most} characters.",
    "access.no_password": "Choose a password.",
}

_OF_CHANNELS = {"meta": OF_META} | {platform: channel.sentences for platform, channel in CHANNELS.items()}

ALL = OURS | {
    f"{speaker}.{code}": english
    for speaker, sentences in _OF_CHANNELS.items()
    for code, english in sentences.items()
}

_SENTENCES = Sentences(ALL)


@lru_cache(maxsize=1024)
def wording_of(sentence: str | None) -> Wording | None:
    """The code of one of our sentences with what fills its gaps; None: it is not one of ours."""
    return None if sentence is None else _SENTENCES.wording_of(sentence)
