//! Forms that design notes used and that no loader accepts.

/// A key of a [`Record`](super::Record) as design notes had it.
#[derive(PartialEq, Eq, Debug)]
pub struct Former {
    /// Its name.
    pub name: &'static str,
    /// What became of it.
    pub became: Became,
}

/// What became of a former key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Became {
    /// This key, with the same values.
    Key(&'static str),
    /// This key, which says something alike, and what is different about it.
    Kin(&'static str, &'static str),
    /// This key, which holds the one scalar that stood in a mapping under the second name.
    Lifted(&'static str, &'static str),
    /// A list under the same name, where a mapping stood: of records with its keys under the first
    /// name and its values under the second.
    List([&'static str; 2]),
    /// The same key; where its value was the first word, it is the second.
    Word(&'static str, &'static str),
    /// Nothing, and why that is.
    Nothing(&'static str),
}

impl Former {
    /// A key that is called differently today.
    #[must_use]
    pub const fn renamed(name: &'static str, today: &'static str) -> Former {
        Former { name, became: Became::Key(today) }
    }

    /// A key that has no place today, and why.
    #[must_use]
    pub const fn dropped(name: &'static str, why: &'static str) -> Former {
        Former { name, became: Became::Nothing(why) }
    }

    /// The key that holds today what this one held.
    #[must_use]
    pub fn today(&self) -> Option<&'static str> {
        match self.became {
            Became::Key(key) | Became::Kin(key, _) | Became::Lifted(key, _) => Some(key),
            Became::List(_) | Became::Word(..) => Some(self.name),
            Became::Nothing(_) => None,
        }
    }
}
