//! `ambiguous-pipeline`: a handler that two contracts claim equally.

use facts::places::Anchor;
use text::name::Name;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "ambiguous-pipeline",
    weight: Weight::Always(Level::Hint),
    summary: "a handler that several contracts claim equally is bound to none",
    page: include_str!("../../../../docs/rules/ambiguous-pipeline.md"),
    check: Check::Elsewhere,
};

/// A handler that several contracts claim.
#[derive(Clone, Copy, Debug)]
pub struct Claimed {
    /// The phase it carries out.
    pub phase: Name,
    /// The place of its name.
    pub at: Anchor,
    /// Its name, where it is a class.
    pub class: Option<Name>,
}

/// A contract that claims it.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Where the contract says what it is called.
    pub at: Anchor,
    /// What it is called.
    pub pipeline: Option<Name>,
}

/// The finding about a handler that `count` contracts claim equally, these among them.
#[must_use]
pub fn finding(handler: &Claimed, count: usize, claims: &[Claim]) -> Finding {
    let phase = handler.phase;
    let message = format!(
        "the handler may carry out `{phase}` of {count} contracts, and is held against none"
    );
    let mut finding = Finding::new(&RULE, Level::Hint, handler.at, message)
        .label("claimed equally")
        .why("nothing tells them apart, and a guess would make wrong findings")
        .help("bind it in the settings, by folder, module or class");
    finding.phase = Some(phase);
    for claim in claims {
        finding = finding.related(claim.at, "this contract declares the phase");
        finding.fixes.extend(bind(handler, claim, claims));
    }
    finding
}

/// The fix that gives the handler to one contract; none where its name is another's too.
fn bind(handler: &Claimed, claim: &Claim, claims: &[Claim]) -> Option<Fix> {
    let (class, pipeline) = (handler.class?, claim.pipeline?);
    let same = claims.iter().filter(|other| other.pipeline == claim.pipeline).count();
    let keys = ["pipelines", pipeline.as_str(), "classes"].map(str::to_owned).to_vec();
    (same == 1).then(|| {
        Fix::offered(
            format!("bind `{class}` to pipeline `{pipeline}`"),
            vec![Intent::Settings(keys, class.as_str().to_owned())],
        )
    })
}
