"""config.yaml: found, read, its references filled in, checked as a whole, and turned into one `Config`.

`load.load` is the way in; `problems.ConfigMistakesError` carries everything that is wrong with a file at once.
"""
