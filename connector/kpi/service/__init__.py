"""The figures of the service (definitions, section 5): how fast, how thoroughly and how much is answered.

Every function takes a `Scope`, what one figure looks at in one period, and gives a `Measured`. Both clocks and all
times stand ready in the store; nothing here looks at a message.
"""
