"""Make ids from what an entry says, and find a source by its address."""

import re
import unicodedata
from collections.abc import Container
from urllib.parse import parse_qsl, urlencode, urlsplit

from talkstrack.model.dates.period import Period
from talkstrack.model.register import Register

_LONGEST_STEM = 120
_SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "gob", "gouv", "gov", "gv", "in", "mil", "ne", "net", "or", "org"))
_SHOP_WINDOWS = frozenset(("www", "m", "news", "amp", "mobile"))
_FOLLOWED = re.compile(r"utm_\w+|fbclid|gclid|yclid|igshid|mc_cid|mc_eid", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)


def event_id(kind: str, when: Period | str, taken: Container[str]) -> str:
    """Return an id for an event: `exchange-2025-08-14`, or with `-2`, `-3`, ... where that is taken."""
    return free_id(f"{as_id(kind) or 'event'}-{_day(when)}", taken)


def source_id(publisher: str | None, url: str | None, published: Period | str | None, taken: Container[str]) -> str:
    """Return an id for a source from its publisher, else its site, and the day it was published."""
    host = _host(url) if url else ""
    stem = _publisher(publisher or "") or site_name(host) or "source"
    return free_id(f"{stem}-{_day(published)}" if published is not None else stem, taken)


def free_id(wanted: str, taken: Container[str]) -> str:
    """Return the id, or with the first number from 2 on with which it is free."""
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def as_id(text: str) -> str:
    """Return what of a text can stand in an id; empty where nothing can."""
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST_STEM].strip("-")


def site_name(host: str) -> str:
    """Return what a site is called by its host name: `liga` of `news.liga.net`, `pravda` of `www.pravda.com.ua`."""
    labels = host.lower().split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return as_id(host)
    labels = labels[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL and labels[-2] not in _SHOP_WINDOWS:
        labels = labels[:-1]
    return as_id(labels[-1])


def find_source(register: Register, url: str) -> str | None:
    """Return the id of the source with this address, whatever its scheme, `www.`, last slash or fragment."""
    wanted = plain_address(url)
    page = wanted.partition("/")[2].partition("?")[0]  # what the addresses of a page share, letter by letter
    for key, source in register.sources.items():
        if source.url and (page in source.url or not source.url.isprintable()) and plain_address(source.url) == wanted:
            return key
    return None


def plain_address(url: str) -> str:
    """Return an address without what does not tell pages apart, for comparing."""
    try:
        parts = urlsplit(url.strip() if "://" in url else f"//{url.strip()}")
        port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    except ValueError:
        return url.strip()
    query = urlencode([pair for pair in parse_qsl(parts.query, True) if not _FOLLOWED.fullmatch(pair[0])])
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{port}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def is_address(text: str) -> bool:
    """Tell whether a source is given by its address and not by its id."""
    return "://" in text or text.startswith("www.")


def _host(url: str) -> str:
    try:
        return urlsplit(url if "://" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""


def _publisher(name: str) -> str:
    words = name.strip().removeprefix("The ")
    return site_name(words) if _DOMAIN.fullmatch(words) else as_id(words)


def _day(when: Period | str) -> str:
    if isinstance(when, Period):
        if when.earliest is not None and when.earliest == when.latest:
            return as_id(when.earliest)
        when = when.edtf
    return as_id(when) or "undated"
