"""The door for a panel's people: coordinator, chair, members, editors, translators, administrator.

Nobody here ever meets a name of a family or a child: the panel works with words, references and days.
"""
