//! What dicts and sets hold: entries in the order of their making, found by key.

use std::collections::HashMap;
use std::rc::Rc;

use smallvec::SmallVec;

use crate::compare::same_or_equal;
use crate::failure::Outcome;
use crate::hash::hash;
use crate::limits::Budget;
use crate::value::Value;

/// Keys with values, in the order in which they were added. The values of a set are `None`.
#[derive(Default, Debug)]
pub struct Table {
    entries: Vec<(Value, Value)>,
    places: HashMap<u64, SmallVec<[u32; 1]>>,
    levels: u16,
}

impl Table {
    /// A table of all `entries`; a later key replaces the value of an equal one.
    pub(crate) fn of(
        entries: impl IntoIterator<Item = (Value, Value)>,
        budget: &Budget,
    ) -> Outcome<Rc<Table>> {
        let mut table = Table::default();
        for (key, value) in entries {
            table.put(key, value, budget)?;
        }
        Ok(Rc::new(table))
    }

    /// A set of all `keys`; the first of equal ones stays.
    pub(crate) fn of_keys(
        keys: impl IntoIterator<Item = Value>,
        budget: &Budget,
    ) -> Outcome<Rc<Table>> {
        Table::of(keys.into_iter().map(|key| (key, Value::None)), budget)
    }

    /// All entries.
    #[must_use]
    pub fn entries(&self) -> &[(Value, Value)] {
        &self.entries
    }

    /// The keys alone.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn levels(&self) -> u16 {
        self.levels.max(1)
    }

    /// Adds an entry, or gives an equal key, which stays as it is, a new value.
    pub(crate) fn put(&mut self, key: Value, value: Value, budget: &Budget) -> Outcome<()> {
        let hash = hash(&key, budget)?;
        let levels = key.levels().max(value.levels()) + 1;
        Budget::allow_levels(levels)?;
        self.levels = self.levels.max(levels);
        if let Some(place) = self.find(hash, &key, budget)? {
            self.entries[place].1 = value;
            return Ok(());
        }
        budget.spend(2)?;
        let place = self.entries.len();
        budget.fits_items(place + 1)?;
        self.places.entry(hash).or_default().push(u32::try_from(place).unwrap_or(u32::MAX));
        self.entries.push((key, value));
        Ok(())
    }

    /// The value of `key`. Fails for keys that cannot be looked up.
    pub(crate) fn get(&self, key: &Value, budget: &Budget) -> Outcome<Option<&Value>> {
        let place = self.find(hash(key, budget)?, key, budget)?;
        Ok(place.map(|place| &self.entries[place].1))
    }

    pub(crate) fn has(&self, key: &Value, budget: &Budget) -> Outcome<bool> {
        Ok(self.get(key, budget)?.is_some())
    }

    fn find(&self, hash: u64, key: &Value, budget: &Budget) -> Outcome<Option<usize>> {
        for place in self.places.get(&hash).into_iter().flatten() {
            let place = *place as usize;
            if same_or_equal(&self.entries[place].0, key, budget)? {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }
}
