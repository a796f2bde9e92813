"""Say a date as people read it: "c. July 2025", "23–25 May 2025", "10 or 11 May 2025"."""

from talkstrack.model.dates.days import MONTHS, WEEKDAYS, civil, days_in_month
from talkstrack.model.dates.edtf import Choice, Interval, Range, parse_edtf
from talkstrack.model.dates.edtf_point import Point
from talkstrack.model.dates.period import Period
from talkstrack.render.words.figures import ordinal

Cells = tuple[str, str, str]  # day, month and year in words, "" where not said

_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}


def display(period: Period, *, year: bool = True) -> str:
    """Say a period in English; with `year=False` days and months stand without it if all fall in one year."""
    tree = parse_edtf(period.edtf)
    first, last = period.first, period.last
    if first is None or last is None or civil(first)[0] != civil(last)[0]:
        year = True
    if isinstance(tree, Point):
        return _words(tree, year)
    if isinstance(tree, Interval):
        return _interval(tree, year)
    return _choice(tree, year)


def day_label(period: Period) -> str:
    """Give the few letters for a list under month headings: "23 Wed", "10 or 11", "2 to 4", "Jul"."""
    tree = parse_edtf(period.edtf)
    if isinstance(tree, Point) and (label := _point_label(tree)) is not None:
        return _marked(label, tree.mark, about="~")
    first, last = period.first, period.last
    if first is None or last is None:
        known = first if first is not None else last
        end = (tree.start or tree.end) if isinstance(tree, Interval) else None
        label = _point_label(end) if end is not None and not end.day else None
        label = label or ("–" if known is None else str(civil(known)[2]))
        return label if known is None else f"{'from' if last is None else 'to'} {label}"
    items = tree.items if isinstance(tree, Choice) and not tree.every else ()
    either = len(items) == 2 and all(isinstance(item, Point) and item.precision == "day" for item in items)
    return _span_label(first, last, " or " if either else " to ")


def _point_label(point: Point) -> str | None:
    if _has_unknown(point):
        return None
    if point.day:
        return f"{int(point.day)} {WEEKDAYS[(point.first - 1) % 7][:3]}"
    if point.month:
        return _SEASONS.get(point.month) or MONTHS[int(point.month) - 1][:3]
    return _year_words(point.year)


def _span_label(first: int, last: int, between: str) -> str:
    (year, month, day), (last_year, last_month, last_day) = civil(first), civil(last)
    if first == last:
        return f"{day} {WEEKDAYS[(first - 1) % 7][:3]}"
    whole = day == 1 and last_day == days_in_month(last_year, last_month)
    if year == last_year and whole and (month, last_month) == (1, 12):
        return str(year)
    if year != last_year and (whole or last - first > 366):
        return f"{year}–{last_year}"
    if (year, month) == (last_year, last_month):
        return MONTHS[month - 1][:3] if whole else f"{day}{between}{last_day}"
    if whole or (last_year - year) * 12 + last_month - month > 1:
        return f"{MONTHS[month - 1][:3]}–{MONTHS[last_month - 1][:3]}"
    return f"{day}–{last_day} {MONTHS[last_month - 1][:3]}"


def _year_words(year: str) -> str:
    number = int(year.removeprefix("Y"))
    return str(number) if number > 0 else f"{1 - number} BCE"


def _cells(point: Point) -> Cells | None:
    """Split a plain date (no mark, no X, no clock time) into words; None: it is not plain."""
    return None if point.mark or point.clock or _has_unknown(point) else _date_cells(point)


def _date_cells(point: Point) -> Cells:
    year = _year_words(point.year)
    if point.month == "24":
        return "", "winter", f"{year}–{(int(point.year) + 1) % 100:02d}" if int(point.year) > 0 else year
    if point.month is None:
        return "", "", year
    month = _SEASONS.get(point.month) or MONTHS[int(point.month) - 1]
    return (str(int(point.day)) if point.day else ""), month, year


def _joined(cells: Cells, year: bool = True) -> str:
    kept = cells if year or not cells[1] else cells[:2]
    return " ".join(cell for cell in kept if cell)


def _words(point: Point, year: bool = True) -> str:
    if _has_unknown(point):
        return _marked(_unspecified(point), point.mark)
    plain = _joined(_date_cells(point), year)
    if point.clock:
        return f"{plain}, {_marked(_clock(point) + _zone(point), point.mark)}"
    return _marked(plain, point.mark)


def _has_unknown(point: Point) -> bool:
    return "X" in f"{point.year}{point.month}{point.day}"


def _marked(words: str, mark: str, about: str = "c. ") -> str:
    return f"{about if mark in ('~', '%') else ''}{words}{'?' if mark in ('?', '%') else ''}"


def _clock(point: Point) -> str:
    return (point.clock or "").removesuffix(":00") if point.precision == "second" else point.clock or ""


def _zone(point: Point) -> str:
    if point.offset is None:
        return ""
    if point.offset in ("Z", "+00:00", "+00"):
        return " (UTC)"
    return f" ({point.offset if len(point.offset) == 6 else point.offset + ':00'})"


def _unspecified(point: Point) -> str:
    year, month, day = point.year, point.month, point.day
    text = "-".join(piece for piece in (year, month, day) if piece)
    if "X" in year:
        known = _unknown_year(year)
        if known is None or "X" in (month or "") or "X" in (day or ""):
            return f"{text} (between {_day_words(point.first)} and {_day_words(point.last)})"
        if month is None:
            return known
        name = _SEASONS.get(month) or MONTHS[int(month) - 1]
        return f"{int(day)} {name}, {known}" if day else f"{name}, {known}"
    if month == "XX" and day and "X" not in day:
        return f"the {ordinal(int(day))} of a month in {_year_words(year)}"
    unit = "day" if day else "month"
    if month == "XX" and day in (None, "XX"):
        return f"{_year_words(year)} (one {unit})"
    if month in ("0X", "1X") and day in (None, "XX"):
        first, last = civil(point.first)[1], civil(point.last)[1]
        return f"{MONTHS[first - 1]}–{MONTHS[last - 1]} {_year_words(year)} (one {unit})"
    if month and "X" not in month and day and day[1] == "X":
        name = f"{MONTHS[int(month) - 1]} {_year_words(year)} (one day)"
        first, last = civil(point.first)[2], civil(point.last)[2]
        return name if day == "XX" else f"{first}–{last} {name}"
    return f"{text} (between {_day_words(point.first)} and {_day_words(point.last)})"


def _unknown_year(year: str) -> str | None:
    if year == "XXXX":
        return "year unknown"
    known = year.rstrip("X")
    if year.startswith("-") or "X" in known:
        return None
    if len(known) == 3:
        return f"{int(known)}0s" if int(known) else None
    return f"{int(known.ljust(4, '0'))}–{known.ljust(4, '9')}"


def _day_words(number: int) -> str:
    year, month, day = civil(number)
    return f"{day} {MONTHS[month - 1]} {_year_words(str(year))}"


def _interval(tree: Interval, year: bool) -> str:
    start, end = tree.start, tree.end
    if start is not None and end is not None:
        return _span(start, end, year)
    if start is not None:
        return f"since {_words(start)}" if tree.open_end else f"from {_words(start)}, end unknown"
    if end is not None:
        return f"until {_words(end)}" if tree.open_start else f"until {_words(end)}, start unknown"
    if tree.open_end:
        return "at any time" if tree.open_start else "since an unknown date"
    return "until an unknown date" if tree.open_start else "dates unknown"


def _span(start: Point, end: Point, year: bool) -> str:
    if start.clock and end.clock and _zone(start) == _zone(end) and not (start.mark or end.mark):
        begin, finish = _joined(_date_cells(start), year), _joined(_date_cells(end), year)
        if begin == finish:
            return f"{begin}, {_clock(start)} to {_clock(end)}{_zone(end)}"
        return f"{begin}, {_clock(start)} – {finish}, {_clock(end)}{_zone(end)}"
    left, right = _cells(start), _cells(end)
    if left is None or right is None:
        return f"{_words(start, year)} – {_words(end, year)}"
    right_words = _joined(right, year)
    if left == right:
        return right_words
    left_words = _joined(_shared(left, right), year)
    closed = " " not in left_words and start.precision == end.precision
    return f"{left_words}–{right_words}" if closed else f"{left_words} – {right_words}"


def _shared(cells: Cells, following: Cells) -> Cells:
    """Drop what the date that follows says again: the year, then the month."""
    day, month, year = cells
    if not month or year != following[2] or not following[1]:
        return cells
    return (day, "" if day and following[0] and month == following[1] else month, "")


def _choice(tree: Choice, year: bool) -> str:
    items = tree.items
    only = items[0]
    if len(items) == 1 and isinstance(only, Range) and only.start is not None and only.end is not None:
        unit = "moment" if only.start.clock else only.start.precision
        return f"{_span(only.start, only.end, year)} ({'each' if tree.every else 'one'} {unit})"
    link = "and" if tree.every else "or"
    words = []
    for item, next_item in zip(items, [*items[1:], None], strict=True):
        own, following = _item_cells(item), None if next_item is None else _first_cells(next_item)
        shown = _shared(own, following) if own and following else own
        words.append(_joined(shown, year) if shown else _item_words(item, year, link))
    return f"{', '.join(words[:-1])} {link} {words[-1]}" if len(words) > 1 else words[0]


def _first_cells(item: Point | Range) -> Cells | None:
    return _cells(item.start) if isinstance(item, Range) and item.start else _item_cells(item)


def _item_cells(item: Point | Range) -> Cells | None:
    if isinstance(item, Point):
        return _cells(item)
    left, right = (None if end is None else _cells(end) for end in (item.start, item.end))
    if left is None or right is None or left == right:
        return None
    if left[1:] == right[1:] and left[0]:
        return f"{left[0]}–{right[0]}", right[1], right[2]
    if left[2] == right[2] and not left[0] and not right[0] and left[1] and right[1]:
        return "", f"{left[1]}–{right[1]}", right[2]
    return None


def _item_words(item: Point | Range, year: bool, link: str) -> str:
    if isinstance(item, Point):
        return _words(item, year)
    if item.start is not None and item.end is not None:
        return _span(item.start, item.end, year)
    if item.start is not None:
        return f"{_words(item.start, year)} {link} later"
    return f"{_words(item.end, year)} {link} earlier" if item.end is not None else ""


def short_day(iso: str | None) -> str:
    """Return an ISO day as `25 May`."""
    if iso is None or len(iso) != 10:
        return iso or "open"
    return f"{int(iso[8:])} {MONTHS[int(iso[5:7]) - 1][:3]}"


def short_due(due: Period) -> str:
    """Return a due date as `2 Sep` or `7–9 Aug`."""
    first, last = due.earliest, due.latest
    if first is None or last is None or first == last:
        return short_day(last or first)
    if first[:7] == last[:7]:
        return f"{int(first[8:])}–{short_day(last)}"
    return f"{short_day(first)}–{short_day(last)}"
