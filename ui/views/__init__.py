"""What the editor sees, a room for each stage of the work; what several of them show stands beside the rooms.

A view shows plain rows and values that it is given, and tells by signals what the editor wants; it never
calls the desk.
"""
