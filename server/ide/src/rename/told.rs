//! Names that code tells run-time checkers.

use contracts::schema::Sort;
use graph::handler::ContractRef;
use graph::told::Told;

use super::Refusal;
use super::draft::Draft;

/// What a name is to read instead, if anything; or why it cannot follow.
pub(super) type Renamed<'r> = dyn Fn(&Told) -> Result<Option<String>, String> + 'r;

/// Writes other names of one sort where code tells them to checkers of the pipeline.
pub(super) fn rename(
    draft: &mut Draft<'_, '_>,
    contract: ContractRef,
    sort: Sort,
    renamed: &Renamed<'_>,
) -> Result<(), Refusal> {
    let question = draft.question;
    let all = question.graph().told();
    for told in all.filter(|told| told.sort == sort && told.contracts.contains(&contract)) {
        let new = renamed(&told).map_err(|why| draft.refused_at(told.at, &why))?;
        let Some((new, place)) = new.zip(question.place(told.at)) else { continue };
        if told.contracts.len() > 1 {
            return Err(draft.refused_at(told.at, "may mean that of another contract"));
        }
        draft.put_string(place, new, "cannot be changed safely")?;
    }
    Ok(())
}
