"""An .xlsx file being written: row by row, to a temporary place, whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connector.export.placing import placed


@contextmanager
def new_workbook(target: Path) -> Iterator[Any]:
    """An XlsxWriter workbook in constant memory mode; on leaving without an error it takes the place of `target`.

    Raises UsageError where the file cannot be written or put in place.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    # Sheets wait in temporary files until the workbook is closed; in a folder of their own they go with it.
    with placed(target) as draft, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        workbook = xlsxwriter.Workbook(str(draft), {"constant_memory": True, "tmpdir": folder})
        workbook.use_zip64()
        try:
            yield workbook
            workbook.close()
        except FileCreateError as fault:
            cause = fault.args[0] if fault.args else fault
            raise cause if isinstance(cause, OSError) else OSError(str(cause)) from fault
        finally:
            for sheet in workbook.worksheets():
                sheet.row_data_fh.close()  # XlsxWriter itself does so only when all went well
