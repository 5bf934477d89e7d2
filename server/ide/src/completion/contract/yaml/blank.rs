//! Places on a line with nothing on it.

use super::Reading;
use super::layout::{Level, steps};
use crate::completion::contract::place::{Behind, Place, What};

impl<'t> Reading<'t, '_> {
    /// What could stand on an empty line at `column`, without changing what the lines around mean.
    pub(super) fn blank_line(&self, column: usize) -> Vec<Place<'t>> {
        let next = self.next_line();
        let is_free = |within: usize| match next {
            None => true,
            Some(next) => next.indent < within || (next.indent == within && !next.is_dash),
        };
        let mut levels = self.layout.levels.clone();
        while levels.last().is_some_and(|level| level.indent > column) {
            levels.pop();
        }
        let mut places = Vec::new();
        let item = |levels: &[Level<'t>]| {
            let fits = next.is_none_or(|next| next.indent <= column);
            let (steps, what) = (steps(levels), What::Dash);
            fits.then_some(Place { steps, what, entries: Vec::new() })
        };
        if levels.last().is_some_and(|top| top.indent == column && top.entries.is_none()) {
            levels.pop();
            places.extend(item(&levels));
        }
        let Some(top) = levels.last() else {
            let entries = self.below(column);
            let is_root = !self.layout.has_root
                && next.is_none_or(|next| next.indent == column && next.is_key);
            let fits = places.is_empty() && is_root;
            let root = Place { steps: Vec::new(), what: What::Fresh, entries };
            places.extend(fits.then_some(root));
            return places;
        };
        match &top.entries {
            Some(entries) if top.indent == column => {
                if top.is_open {
                    places.extend(item(&levels));
                }
                let mut entries = entries.clone();
                entries.extend(self.below(column));
                let what = What::Key(Behind::Nothing);
                let steps = steps(&levels[..levels.len() - 1]);
                places.extend(is_free(column).then_some(Place { steps, what, entries }));
            }
            _ if top.indent < column && top.is_open => {
                let goes_on = next.filter(|next| next.indent == column);
                let is_list = goes_on.is_some_and(|next| next.is_dash);
                let is_new = is_free(top.indent) || goes_on.is_some_and(|next| next.is_key);
                let (steps, entries) = (steps(&levels), self.below(column));
                let what = if is_list { What::Dash } else { What::Fresh };
                places.extend((is_list || is_new).then_some(Place { steps, what, entries }));
            }
            _ => {}
        }
        places
    }
}
