"""What is held about one person, and how it is erased for good.

scrubbing    a record without what tells who somebody is, pure
erased       what was erased and must not come back
holdings     everything that is stored of one person
history      a person's time line, and the same as a document
forgetting   erases one person
remnants     copies, logs and free pages that still hold what was erased
keeping      erases by age
"""
