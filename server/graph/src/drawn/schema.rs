//! Classes as schemas of a workflow's state.

use facts::frameworks::{Framework, Merging};
use facts::places::{Anchor, FileId};
use facts::python::{AnnotatedField, Constant};
use text::name::Name;

use super::together;
use crate::handler::ClassRef;
use crate::names::{Definition, Lookup};

/// Bases that say nothing of keys, by the last part of their names.
const WITHOUT_KEYS: [&str; 8] =
    ["TypedDict", "BaseModel", "ABC", "Generic", "object", "Protocol", "NamedTuple", "RootModel"];

/// What of a state is declared.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Schema {
    /// The keys, in the order in which they are declared.
    pub channels: Vec<Channel>,
    /// The classes that declare them, and what they are called.
    pub classes: Vec<(ClassRef, Name)>,
    /// Whether there may be others.
    pub open: bool,
}

/// A key of a state.
#[derive(Clone, PartialEq, Debug)]
pub struct Channel {
    /// The key.
    pub name: Name,
    /// Where it is declared; none where the framework does.
    pub at: Option<Anchor>,
    /// How several values come together.
    pub merging: Merging,
    /// Whether it has a value before anybody writes one.
    pub has_default: bool,
}

impl Schema {
    /// A schema that cannot be read.
    pub(super) fn unknown() -> Schema {
        Schema { open: true, ..Schema::default() }
    }

    /// The key of this name.
    #[must_use]
    pub fn channel(&self, name: Name) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.name == name)
    }

    /// The keys of another schema as well.
    pub(super) fn extend(&mut self, other: &Schema) {
        for channel in &other.channels {
            self.add(channel.clone());
        }
        for class in &other.classes {
            if !self.classes.contains(class) {
                self.classes.push(*class);
            }
        }
        self.open |= other.open;
    }

    fn add(&mut self, channel: Channel) {
        match self.channels.iter_mut().find(|known| known.name == channel.name) {
            Some(known) => known.merging = together(known.merging, channel.merging),
            None => self.channels.push(channel),
        }
    }

    /// What the class that `dotted` names in the module `file` declares.
    pub(super) fn named(
        lookup: &Lookup<'_>,
        framework: Framework,
        file: FileId,
        dotted: &[Name],
    ) -> Schema {
        let meaning = lookup.resolve(file, dotted);
        match meaning.definition {
            Definition::Class(class) if meaning.rest == 0 => Schema::of(lookup, framework, class),
            Definition::Outside(name) => Schema::outside(framework, name),
            _ => Schema::unknown(),
        }
    }

    fn outside(framework: Framework, class: Name) -> Schema {
        let mut schema = Schema::default();
        match framework.schema(class.as_str()) {
            Some(keys) => {
                for (name, merging) in keys {
                    let (name, merging) = (Name::new(name), *merging);
                    schema.add(Channel { name, at: None, merging, has_default: false });
                }
            }
            None => schema.open = !says_no_key(class),
        }
        schema
    }

    /// What a class declares, its bases included.
    pub(super) fn of(lookup: &Lookup<'_>, framework: Framework, class: ClassRef) -> Schema {
        let chain = lookup.chain(class);
        let mut schema = Schema { open: chain.unknown, ..Schema::default() };
        schema.classes.extend(lookup.class(class).map(|facts| (class, facts.name)));
        for class in &chain.classes {
            let Some(facts) = lookup.class(*class) else {
                schema.open = true;
                continue;
            };
            schema.open |= facts.broken;
            for field in &facts.fields {
                let at = Anchor { file: class.file, local: field.at };
                // A subclass is gone through first, and says what a key is.
                if schema.channel(field.name).is_none() {
                    schema.channels.push(channel(framework, field, at));
                }
            }
        }
        for base in &chain.outside {
            schema.extend(&Schema::outside(framework, *base));
        }
        schema
    }
}

fn says_no_key(class: Name) -> bool {
    let last = class.as_str().rsplit('.').next().unwrap_or("");
    WITHOUT_KEYS.contains(&last)
}

fn channel(framework: Framework, field: &AnnotatedField, at: Anchor) -> Channel {
    let last = field.type_name.and_then(|name| name.last().copied());
    let by_type = last.map_or(Merging::Last, |last| framework.merging_of_type(last.as_str()));
    let merging = match &field.note {
        // A text is no more than a comment.
        Some(Constant::Literal(_)) | None => by_type,
        Some(Constant::Name(reducer)) => {
            let last = reducer.last().map_or("", |last| last.as_str());
            framework.merging_of_reducer(last)
        }
        Some(_) => Merging::Reduced,
    };
    Channel { name: field.name, at: Some(at), merging, has_default: field.has_default }
}
