"""Zendesk's words for the way something came in, and ours (reference, "Via types")."""

from __future__ import annotations

_CHANNELS = {
    "email": "email",
    **dict.fromkeys(("web", "web_widget", "helpcenter", "chat_offline_message", "mobile_sdk"), "form"),
    **dict.fromkeys(("chat", "chat_transcript", "90"), "chat"),
    **dict.fromkeys(("native_messaging", "whatsapp", "line", "wechat", "telegram", "viber", "81", "sms"), "messaging"),
    **dict.fromkeys(("sunshine_conversations_api", "87"), "messaging"),
    **dict.fromkeys(("voice", "phone"), "phone"),
    **dict.fromkeys(("facebook", "twitter", "twitter_dm", "instagram_dm", "86"), "social"),
    "sunshine_conversations_facebook_messenger": "social",
    "sunshine_conversations_twitter_dm": "social",
}
OFFLINE = "chat_offline_message"
SAMPLE = "sample_ticket"
API = "api"
RULES = frozenset({"rule", "Rule"})
TRANSCRIPTS = frozenset({"chat_transcript", "90", "Chat transcript"})


def channel_of(raw: str | int | None) -> str:
    """The common word for a channel; `other` where it is unknown."""
    return _CHANNELS.get(str(raw), "other")


def via_word(via: object) -> str | None:
    """The word of a `via`, which is an object or a plain word."""
    word = via.get("channel") if isinstance(via, dict) else via
    return None if word is None else str(word)


def merging(via: object) -> bool:
    """Whether it is the desk's own note on two tickets that became one."""
    source = via.get("source") if isinstance(via, dict) else None
    return isinstance(source, dict) and source.get("rel") == "merge"


def by_rule(via: object) -> bool:
    """Whether a trigger or automation did it."""
    return via_word(via) in RULES
