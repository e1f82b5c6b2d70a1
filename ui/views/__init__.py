"""What the editor sees, a module for each stage of the work and for each part of the inspector.

A view shows plain rows and values that it is given, and tells by signals what the editor wants; it never
calls the desk.
"""
