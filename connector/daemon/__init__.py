"""The daemon: reads each source by its schedule, compares it once a night, and says what an owner should know.

ticks     when something is due; the only file that knows the scheduler
keeper    one source: a run at a time, what is said about it, when it is left alone
watch     what was lost and what came back, said once each
service   all of them together, until told to stop
"""
