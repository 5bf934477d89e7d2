//! A propagation chain: the way of one value, and whether it holds.

use graph::flow::Flow;
use graph::handler::ContractRef;
use rules::rules::broken_chain::{Standing, standing};
use text::name::Name;

use super::layout::{Places, Table, story};

pub(super) fn tell(contract: ContractRef, id: Name, places: &mut Places<'_, '_>) -> Option<String> {
    let pipeline = places.question.pipeline(contract)?;
    let flow = Flow::new(&pipeline);
    let mut chains = pipeline.contract().chains.iter();
    let chain = chains.find(|chain| chain.id.is_some_and(|own| own.value == id))?;
    let severity = chain.severity.as_str();
    let mut lines = vec![format!("chain {id}   {severity}   pipeline {}", pipeline.name)];
    lines.push(String::new());
    let mut table = Table::default();
    for endpoint in chain.endpoints() {
        let phase = endpoint.phase.map_or("?", |phase| phase.value.as_str());
        let field = endpoint.field.map_or("?", |field| field.value.as_str());
        let place = places.word(pipeline.anchor(endpoint.at));
        table.row([phase.to_owned(), field.to_owned(), place]);
    }
    lines.extend(table.lines());
    lines.push(String::new());
    match standing(&flow, chain) {
        Standing::Holds => lines.push("holds".to_owned()),
        Standing::Broken(why) => lines.push(format!("is broken: {}", why.replace('`', ""))),
        Standing::Unknown => {}
    }
    if let Some(verification) = chain.verification {
        lines.push(format!("verified by {}", verification.value));
    }
    Some(story(&lines, None, places))
}
