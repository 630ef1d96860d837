"""An error of a ward's server, stripped of everything but what went wrong.

PostgreSQL's own errors repeat the row that was refused, names and all, and the roles, hosts and files
of a failed connection. Whatever is raised may end in a report or a log, so none of that goes further
than this module (hazard H43): the error's five-letter state, the table and the rule are kept.
"""

from typing import Any


class ServerFault(Exception):
    """What a server refused, or could not do.

    Args:
        state: PostgreSQL's five letters for it; "" where the connection broke.
        table: whose row it was about; "" for none.
        rule: the rule, the key or the reference that was broken; "" for none.
    """

    def __init__(self, state: str, table: str = "", rule: str = "") -> None:
        self.state, self.table, self.rule = state, table, rule
        about = " ".join(filter(None, (table, rule)))
        super().__init__(f"the server says {state or 'nothing'} {about}".strip())

    @property
    def broken(self) -> bool:
        """Whether the connection broke, or the server is going away."""
        return not self.state or self.state.startswith(("08", "57P")) or self.state == "25P03"


def fault_of(error: Any) -> ServerFault:
    """The fault that an error of psycopg tells of."""
    told = error.diag
    return ServerFault(
        error.sqlstate or "", str(told.table_name or ""), str(told.constraint_name or "")
    )
