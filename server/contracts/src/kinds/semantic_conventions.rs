//! The conventions kind: what attributes of spans, events and metrics are called and hold.

use syntax::yaml::NodeId;
use text::name::Name;

use crate::body::Body;
use crate::decode::view::View;
use crate::propagation::Located;
use crate::schema::{
    Became, Enumeration, Former, Key, Kind, Loader, Presence, Record, Shape, Signs, Sort, Text,
};
use crate::shared_keys::{SCHEMA_VERSION, contract_type, key, some_of};

/// What attributes are called and hold.
pub static KIND: Kind = Kind {
    name: "semantic-conventions",
    title: "semantic conventions contract",
    prose: "Says which attributes spans, events and metrics carry: their names, the names that \
            they used to have, and the values that they may have.",
    signs: Signs {
        // The second is the word of design notes, which no loader takes.
        says: Some(("contract_type", &["semantic_conventions", "semantic_convention"])),
        words: &["semconv", "convention", "conventions"],
        root_keys: &[
            &["namespace", "attributes"],
            &["namespace", "enums"],
            &["schema_version", "namespace"],
            &["schema_version", "attributes"],
            &["domain", "conventions"],
            &["conventions", "enum_conventions"],
        ],
        foreign_keys: &["pipeline_id"],
        ..Signs::NONE
    },
    loader: Loader::Contract,
    root: &CONTRACT,
    read: |view| Body::SemanticConventions(Box::new(contract(view))),
};

static CONTRACT: Record = Record {
    name: "conventions contract",
    prose: "The document: the attributes of one namespace.",
    keys: &[
        SCHEMA_VERSION,
        contract_type(&CONTRACT_TYPE, Presence::Default("semantic_conventions")),
        Key {
            name: "namespace",
            shape: Shape::Text(Text::Word),
            presence: Presence::Required,
            example: "my.namespace",
            prose: "What the attributes belong to; by custom their names begin with it.",
        },
        Key {
            name: "description",
            // Unlike elsewhere, `null` is refused.
            shape: Shape::Text(Text::Free),
            presence: Presence::Default("\"\""),
            example: "\"\"",
            prose: "What the conventions are about, for people.",
        },
        Key {
            name: "attributes",
            shape: Shape::list(&Shape::Record(&ATTRIBUTE)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "The attributes. One that is not listed is passed over.",
        },
        Key {
            name: "enums",
            shape: Shape::list(&Shape::Record(&ENUM)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Sets of values that attributes are meant to have. Nothing enforces them at \
                    run time; `allowed_values` of an attribute is enforced.",
        },
    ],
    former: &[
        Former {
            name: "contract_type",
            became: Became::Word("semantic_convention", "semantic_conventions"),
        },
        Former::renamed("domain", "namespace"),
        Former::renamed("conventions", "attributes"),
        Former::renamed("enum_conventions", "enums"),
    ],
    ..Record::PLAIN
};

static CONTRACT_TYPE: Enumeration = Enumeration {
    name: "contract type",
    values: &[("semantic_conventions", "A contract about attributes.")],
};

static ATTRIBUTE: Record = Record {
    name: "attribute",
    prose: "One attribute of spans, events or metrics.",
    keys: &[
        Key {
            name: "name",
            shape: Shape::Text(Text::Defines(Sort::Attribute)),
            presence: Presence::Required,
            example: "my.attribute",
            prose: "The one name under which the attribute is to be set.",
        },
        Key {
            name: "type",
            shape: Shape::Text(Text::Type),
            presence: Presence::Default("str"),
            example: "str",
            prose: "The type of the value, as Python writes it. Nothing checks it at run time.",
        },
        Key {
            name: "requirement_level",
            shape: Shape::OneOf(&REQUIREMENT_LEVEL),
            presence: Presence::Default("recommended"),
            example: "recommended",
            prose: "Whether the attribute has to be set.",
        },
        Key {
            name: "aliases",
            // Names that are to go. Whoever renames the attribute must not rename these along, and
            // one that is another attribute's name too is a mistake, not a second definition: so
            // they define nothing, and their rules compare them by themselves.
            shape: Shape::list(&Shape::Text(Text::Free)),
            presence: Presence::Default("[]"),
            example: "[old_name]",
            prose: "Other names under which code sets the same thing. They are understood, and \
                    reported so that they go away.",
        },
        Key {
            name: "allowed_values",
            shape: Shape::list(&Shape::Text(Text::Free)),
            presence: Presence::Optional,
            example: "[first, second]",
            prose: "The values that the attribute may have, as text. Without the key any value \
                    will do.",
        },
        Key {
            name: "description",
            shape: Shape::Text(Text::Free),
            presence: Presence::Default("\"\""),
            example: "\"\"",
            prose: "What the attribute tells, for people.",
        },
    ],
    former: &[
        Former::renamed("canonical", "name"),
        Former::renamed("requirement", "requirement_level"),
        Former::dropped("deprecated", NO_AGE),
        Former::dropped("deprecated_by", NO_AGE),
        Former::dropped("stability", NO_AGE),
    ],
    ..Record::PLAIN
};

/// Why nothing took the place of keys about the age of an attribute.
const NO_AGE: &str = "a contract does not say which attributes are to go; an attribute that is \
                      called otherwise today is an alias of that one";

static REQUIREMENT_LEVEL: Enumeration = Enumeration {
    name: "requirement level",
    values: &[
        ("opt_in", "Set where somebody asks for it."),
        ("recommended", "Better set than not."),
        ("required", "Always set; validation fails without it."),
    ],
};

static ENUM: Record = Record {
    name: "enum",
    prose: "A set of values for an attribute.",
    keys: &[
        Key {
            name: "name",
            // The name of an attribute, not one of its own: so that both are renamed at once, and
            // a set for an attribute that nobody knows stands out.
            shape: Shape::Text(Text::Refers(Sort::Attribute)),
            presence: Presence::Required,
            example: "my.attribute",
            prose: "The attribute that has these values.",
        },
        Key {
            name: "values",
            shape: Shape::list(&Shape::Text(Text::Free)),
            presence: Presence::Required,
            example: "[first, second]",
            prose: "The values.",
        },
        Key {
            name: "extensible",
            shape: Shape::Flag,
            presence: Presence::Default("false"),
            example: "false",
            prose: "Whether other values may come up as well.",
        },
    ],
    former: &[
        Former::renamed("attribute", "name"),
        Former::dropped("source", "values stand in the contract alone, wherever they come from"),
        Former::dropped("description", "an attribute has a description, its values have none"),
    ],
    ..Record::PLAIN
};

/// One conventions contract.
#[derive(Clone, PartialEq, Debug)]
pub struct Contract {
    /// The document's root.
    pub at: NodeId,
    /// `namespace`.
    pub namespace: Option<Located<Name>>,
    /// `attributes`, those that have a name.
    pub attributes: Vec<Attribute>,
    /// `enums`, those that have a name.
    pub enums: Vec<AttributeEnum>,
}

/// One attribute.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribute {
    /// The mapping's node.
    pub at: NodeId,
    /// `name`.
    pub name: Located<Name>,
    /// `type`, as written; absent means `str`.
    pub type_name: Option<Located<Name>>,
    /// `requirement_level`, its default filled in.
    pub level: RequirementLevel,
    /// Where `requirement_level` is written, if it is.
    pub level_at: Option<NodeId>,
    /// `aliases`.
    pub aliases: Vec<Located<Name>>,
    /// `allowed_values`; where there are none, any value will do.
    pub allowed_values: Vec<Located<Name>>,
}

/// Whether an attribute has to be set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RequirementLevel {
    /// Where somebody asks for it.
    OptIn,
    /// Better than not.
    Recommended,
    /// Always.
    Required,
}

/// A set of values for an attribute.
#[derive(Clone, PartialEq, Debug)]
pub struct AttributeEnum {
    /// The mapping's node.
    pub at: NodeId,
    /// `name`, that of the attribute.
    pub attribute: Located<Name>,
    /// `values`.
    pub values: Vec<Located<Name>>,
    /// `extensible`, its default filled in.
    pub extensible: bool,
}

fn contract(view: &View<'_>) -> Contract {
    Contract {
        at: view.at,
        namespace: view.text(key!(CONTRACT.namespace)),
        attributes: some_of(view, key!(CONTRACT.attributes), attribute),
        enums: some_of(view, key!(CONTRACT.enums), attribute_enum),
    }
}

fn attribute(view: &View<'_>) -> Option<Attribute> {
    let (level, level_at) = view.word(key!(ATTRIBUTE.requirement_level));
    Some(Attribute {
        at: view.at,
        name: view.text(key!(ATTRIBUTE.name))?,
        type_name: view.text(key!(ATTRIBUTE.type)),
        level: match level {
            "required" => RequirementLevel::Required,
            "opt_in" => RequirementLevel::OptIn,
            _ => RequirementLevel::Recommended,
        },
        level_at,
        aliases: view.texts(key!(ATTRIBUTE.aliases)),
        allowed_values: view.texts(key!(ATTRIBUTE.allowed_values)),
    })
}

fn attribute_enum(view: &View<'_>) -> Option<AttributeEnum> {
    Some(AttributeEnum {
        at: view.at,
        attribute: view.text(key!(ENUM.name))?,
        values: view.texts(key!(ENUM.values)),
        extensible: view.flag(key!(ENUM.extensible)).unwrap_or(false),
    })
}

#[cfg(test)]
mod tests;
