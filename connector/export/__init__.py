"""What goes out: figures on the screen, as JSON and CSV, and the whole store as a workbook, CSV or Parquet.

    columns       declared columns, and grids of rows in canonical values
    tables/       the row tables: what each column reads from the store
    scope         which rows: period, filters, and what counts
    figure_grids  figures and cohorts as grids
    csv_files, parquet_files, workbook/
                  the writers; each puts a whole file in place (`placing`) or none
    material, exporting
                  `connector export`: what may be written, and the three ways to write it
    figures, screen, wording
                  `connector kpi`: JSON, CSV and the table on the terminal
    rows          `connector kpi --rows FILE`
    text, formatting
                  safe texts in cells; numbers and dates for readers

Nothing here computes a figure: every output prints the records of `connector.kpi.evaluate`.
"""
