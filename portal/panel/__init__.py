"""The door for a panel's people: coordinator, chair and panel members, the editor of the pages, and the administrator.

Nobody here ever meets a name of a family or a child: the panel works with words, references and days.
"""
