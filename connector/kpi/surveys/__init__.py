"""What customers say when they are asked (definitions, 5.5 to 5.7): recommendation, satisfaction, effort.

Answers of different scales, of relational and transactional surveys, and of the two questions about effort are never
put together: where there are several, a figure has one record for each.
"""
