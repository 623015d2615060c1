//! `worth survey template`: writes the ready questionnaire, the script that builds it in Google
//! Forms, and the mapping that reads its answers back.

use std::fs;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use worth_insight::words::Language;
use worth_lake::import::mapping::mapping_to_toml;

use crate::cli::SurveyTemplate;
use crate::door::Door;
use crate::output;
use crate::questionnaire::{Brands, Form, Length, mapping, page, script};

/// The part of `[value]` that says how brands are called.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Named {
    brand: Option<String>,
    competitors: Vec<String>,
}

/// Writes the files and lists them.
pub(crate) fn template(door: &Door, asked: &SurveyTemplate) -> Result<()> {
    let brands = brands(door)?;
    let lengths: &[Length] = match (asked.short, asked.full) {
        (true, false) => &[Length::Short],
        (false, true) => &[Length::Full],
        _ => &[Length::Short, Length::Full],
    };
    fs::create_dir_all(&asked.folder)
        .with_context(|| format!("{} cannot be made", asked.folder.display()))?;
    for length in lengths {
        let form = Form::new(door.language(), *length, &brands);
        let source = mapping_to_toml(&mapping(&form, &brands))?;
        let mut sources = toml_edit::ArrayOfTables::new();
        sources.push(source);
        let mut fragment = toml_edit::DocumentMut::new();
        fragment.insert("source", toml_edit::Item::ArrayOfTables(sources));
        let comment = door.words.say("cli-survey-mapping");
        let files = [
            ("md", page(&form, &door.words)),
            ("gs", script(&form, &door.words)),
            ("toml", format!("# {comment}\n\n{fragment}")),
        ];
        for (ending, text) in files {
            let language = door.language().code();
            let name = format!("survey-{}.{language}.{ending}", length.name());
            let path = asked.folder.join(name);
            fs::write(&path, text)
                .with_context(|| format!("{} cannot be written", path.display()))?;
            output::print(&format!("{}\n", path.display()))?;
        }
    }
    door.tell("cli-survey-next", &[]);
    Ok(())
}

/// The brands that `worth.toml` names, where there is one; else placeholders to be replaced.
fn brands(door: &Door) -> Result<Brands> {
    let (own, competitor) = match door.language() {
        Language::English => ("our shop", "Competitor A"),
        Language::Vietnamese => ("cửa hàng chúng tôi", "Đối thủ A"),
    };
    let workspace = match door.workspace() {
        Ok(workspace) => workspace,
        Err(error) if door.named_workspace().is_some() => return Err(error),
        Err(_) => {
            return Ok(Brands {
                own: own.to_owned(),
                is_named: false,
                competitors: vec![competitor.to_owned()],
            });
        }
    };
    let Named { brand, competitors } = workspace.section("value")?;
    let is_named = brand.is_some();
    let business = Some(&workspace.business().name).filter(|name| !name.is_empty());
    Ok(Brands {
        own: brand
            .or_else(|| business.cloned())
            .unwrap_or_else(|| own.to_owned()),
        is_named,
        competitors: if competitors.is_empty() {
            vec![competitor.to_owned()]
        } else {
            competitors
        },
    })
}
