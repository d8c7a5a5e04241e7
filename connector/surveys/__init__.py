"""Answers to surveys as they lie in files: which column holds what, and what a row says.

mapping      what the owner said about a survey's files (the block `surveys` of config.yaml)
sheets       a file's columns and rows, whatever its form
csv_sheet    CSV in any of the usual encodings and with any of the usual delimiters
xlsx_sheet   a workbook's first sheet
json_sheet   a list of objects, as APIs give it
headers      one name for each column, under one header row or two
stamps       instants as survey tools write them
scores       a cell as a score on its scale
vocabulary   words by which columns and answers are known, in German and English
proposal     a mapping from what the columns of a file look like
responses    one row of a file as a record, and its answers

A sheet is read row by row, so that memory does not grow with a file's length. Nothing here stores anything.
"""
