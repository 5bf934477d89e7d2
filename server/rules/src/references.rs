//! Names that a document uses and that nothing in it gives.

use contracts::decode::names::{Named, Role};
use contracts::schema::Sort;
use facts::contract::ContractFacts;
use rustc_hash::{FxHashMap, FxHashSet};
use syntax::edit::yaml;
use text::name::Name;
use text::near::nearest;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::rule::FileScope;

/// A name that is used, and that nothing gives.
pub(crate) struct Unknown<'a> {
    /// Where it is used.
    pub(crate) named: &'a Named,
    /// Where names of its sort are given.
    pub(crate) known: Vec<&'a Named>,
}

/// The names of some sorts that the contract uses and nothing in it gives.
pub(crate) fn unknown(
    contract: &ContractFacts,
    is_meant: impl Fn(Sort) -> bool,
) -> impl Iterator<Item = Unknown<'_>> {
    let names = contract.document.names.iter();
    let meant = names.filter(move |named| is_meant(named.sort));
    let (given, used): (Vec<&Named>, Vec<&Named>) =
        meant.partition(|named| named.role == Role::Defines);
    let identity = |named: &Named| (named.sort, named.of, named.name);
    let known: FxHashSet<(Sort, Option<Name>, Name)> =
        given.iter().map(|named| identity(named)).collect();
    let mut by_owner: FxHashMap<(Sort, Option<Name>), Vec<&Named>> = FxHashMap::default();
    for named in given {
        by_owner.entry((named.sort, named.of)).or_default().push(named);
    }
    let unknown = used.into_iter().filter(move |named| !known.contains(&identity(named)));
    unknown.map(move |named| {
        let known = by_owner.get(&(named.sort, named.of)).cloned().unwrap_or_default();
        Unknown { named, known }
    })
}

impl Unknown<'_> {
    /// The finding with the nearest name that is given, as a fix; with other help where none is.
    pub(crate) fn offer(
        &self,
        scope: &FileScope<'_>,
        finding: Finding,
        otherwise: impl FnOnce() -> String,
    ) -> Finding {
        let names = self.known.iter().map(|held| held.name.as_str());
        let Some((near, _)) = nearest(self.named.name.as_str(), names) else {
            return finding.help(otherwise());
        };
        let intent = yaml::Intent::ReplaceScalar(self.named.at, near.to_owned());
        let given = self.known.iter().find(|held| held.name.as_str() == near);
        let finding = given.into_iter().fold(finding, |finding, held| {
            finding.related(scope.anchor(held.at), format!("`{near}` is declared here"))
        });
        finding
            .help(format!("name `{near}` (quick fix)"))
            .fix(Fix::offered(format!("name `{near}`"), declared::edit(scope, intent)))
    }
}
