"""
Rules of the mini-campus as pure functions: no tables, no clock. The client has the same in
TypeScript.
"""
