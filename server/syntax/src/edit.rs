//! Edit intents to text edits in the style of the neighbours.
