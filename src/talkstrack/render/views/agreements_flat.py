"""The agreements as flat columns: a line per commitment and direction."""

from talkstrack.render.text.document import Table
from talkstrack.reports.agreements import AgreementRow, Agreements, CommitmentRow, DirectionRow

_COLUMNS = (
    "date", "commitment", "to", "what", "promised", "promised_low", "delivered", "delivered_low", "delivered_high",
    "at_most", "undisclosed", "hand_overs", "state", "met_on", "days", "last_delivery", "last_delivery_days",
)  # fmt: skip
_Cell = str | int | None


def agreements_flat(report: Agreements) -> Table:
    """Return a direction of a commitment a line; a promise that counts nothing has a line without figures.

    `delivered` is the range over what each side ties to it; `days` run from the promise until it was met, or today.
    """
    return Table(
        _COLUMNS,
        [
            _line(one, commitment, found)
            for one in report.rows
            for commitment in one.commitments
            for found in commitment.directions or (None,)
        ],
    )


def _line(one: AgreementRow, commitment: CommitmentRow, found: DirectionRow | None) -> tuple[_Cell, ...]:
    start: tuple[_Cell, ...] = (one.date.edtf, commitment.reference)
    end: tuple[_Cell, ...] = (commitment.last_delivery, commitment.last_delivery_days)
    if found is None:
        said = "; ".join(dict.fromkeys(reading.note for reading in commitment.readings if reading.note)) or None
        return (*start, None, None, said, *(None,) * (len(_COLUMNS) - 5 - len(end)), *end)
    progress = found.progress
    readings = [(reading.side, reading.promised) for reading in progress.readings]
    lows = [count.bounds[0] for _, count in readings if count is not None]
    told = [f"{count.text if count else 'none'}{f' ({side})' if side else ''}" for side, count in readings]
    return (
        *start,
        progress.to,
        progress.what,
        "; ".join(told),
        min(lows, default=None),
        found.told.text,
        found.told.low,
        found.told.high,
        found.at_most.high,
        found.told.undisclosed,
        found.deliveries,
        progress.state,
        progress.met_on,
        progress.days,
        *end,
    )
