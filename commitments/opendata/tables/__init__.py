"""The tables of open data, in the order in which they are shown."""

from commitments.opendata.fields import Table
from commitments.opendata.tables.bodies import MECHANISMS, MEETINGS, REPORTS, WORKING_GROUPS
from commitments.opendata.tables.figures import INDICATORS, MEASUREMENTS
from commitments.opendata.tables.register import COMMITMENTS

#: By the name that addresses call them.
TABLES: dict[str, Table] = {
    table.name: table
    for table in (COMMITMENTS, INDICATORS, MEASUREMENTS, REPORTS, WORKING_GROUPS, MECHANISMS, MEETINGS)
}
