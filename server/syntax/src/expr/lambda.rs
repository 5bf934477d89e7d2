//! Lambdas and their parameters.

use super::parser::{Parsed, Parser};
use super::primary::error;
use super::{Kind, Parameter, Takes};

/// What has been read of a list of parameters.
#[derive(Default)]
struct Parameters {
    read: Vec<Parameter>,
    /// A parameter before the star has a default, so that those behind it need one.
    default_given: bool,
    slash: bool,
    star: bool,
}

impl Parser<'_> {
    /// From `lambda`.
    pub(super) fn lambda(&mut self) -> Parsed {
        let start = self.advance();
        let mut parameters = Parameters::default();
        while !self.is(":") {
            let last = self.parameter(&mut parameters)?;
            if !self.take(",") || last {
                break;
            }
        }
        self.expect(":")?;
        let body = self.expression()?;
        let span = start.cover(body.outer);
        self.part(span, Kind::Lambda(parameters.read, body.expr))
    }

    /// One parameter, `/` or `*`; whether it must be the last.
    fn parameter(&mut self, parameters: &mut Parameters) -> Parsed<bool> {
        let place = self.span();
        if self.take("/") {
            if parameters.slash || parameters.star || parameters.read.is_empty() {
                return Err(error(place, "`/` stands once, behind parameters and before `*`"));
            }
            parameters.slash = true;
            parameters.read.iter_mut().for_each(|before| before.takes = Takes::Place);
            return Ok(false);
        }
        if self.take("**") {
            self.rest(parameters, Takes::Keywords)?;
            return Ok(true);
        }
        if self.take("*") {
            if parameters.star {
                return Err(error(place, "`*` stands once among parameters"));
            }
            parameters.star = true;
            if self.is_name() {
                self.rest(parameters, Takes::Rest)?;
                return Ok(false);
            }
            // A bare star must have a parameter behind it.
            self.expect(",")?;
        }
        self.plain_parameter(parameters)?;
        Ok(false)
    }

    fn rest(&mut self, parameters: &mut Parameters, takes: Takes) -> Parsed<()> {
        let (name, _) = self.expect_name()?;
        parameters.read.push(Parameter { name, takes, default: None });
        Ok(())
    }

    fn plain_parameter(&mut self, parameters: &mut Parameters) -> Parsed<()> {
        let (name, place) = self.expect_name()?;
        let mut default = None;
        if self.take("=") {
            default = Some(*self.expression()?.expr);
            parameters.default_given |= !parameters.star;
        } else if parameters.default_given && !parameters.star {
            return Err(error(place, "a parameter without default follows one with"));
        }
        let takes = if parameters.star { Takes::Keyword } else { Takes::Either };
        parameters.read.push(Parameter { name, takes, default });
        Ok(())
    }
}
