//! What `worth.toml` keeps.

use super::*;

#[derive(Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
struct Value {
    brand: String,
    competitors: Vec<String>,
}

#[tokio::test]
async fn comments_stay_whatever_changes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let business = Business {
        name: "Cà phê \"Sớm\"".to_owned(),
        ..Business::default()
    };
    Workspace::create(folder.path(), business.clone())
        .await
        .expect("created");
    let path = folder.path().join(CONFIG_FILE);
    let mut text = std::fs::read_to_string(&path).expect("it is there");
    text.push_str(
        "\n[value]\nbrand = \"Old\" # as people say\n\n[[source]]\nname = \"till\" # downstairs\n",
    );
    std::fs::write(&path, text).expect("written");

    let mut workspace = Workspace::open(folder.path()).expect("opened");
    assert_eq!(*workspace.business(), business);
    let value = Value {
        brand: "Sớm".to_owned(),
        competitors: vec!["Other".to_owned()],
    };
    workspace.set_section("value", &value).expect("set");
    let mapping = Mapping {
        name: "web".to_owned(),
        ..Mapping::default()
    };
    workspace.set_mapping(mapping.clone()).expect("set");
    workspace.save().expect("saved");

    let text = std::fs::read_to_string(&path).expect("it is there");
    assert!(
        text.contains("# What Worth knows of this business"),
        "{text}"
    );
    assert!(text.contains("brand = \"Sớm\" # as people say"), "{text}");
    assert!(text.contains("# downstairs"), "{text}");
    let again = Workspace::open(folder.path()).expect("opened");
    assert_eq!(again.section::<Value>("value").expect("read"), value);
    assert_eq!(again.mapping("web"), Some(&mapping));
    assert_eq!(again.mappings().len(), 2);
}

#[tokio::test]
async fn mistakes_are_named_with_their_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(matches!(
        Workspace::open(folder.path()),
        Err(Error::NoWorkspace { .. })
    ));
    let path = folder.path().join(CONFIG_FILE);
    std::fs::write(&path, "[business]\nname = \"x\"\ncurency = \"VND\"\n").expect("written");
    let error = Workspace::open(folder.path())
        .expect_err("misspelt")
        .to_string();
    assert!(
        error.contains("worth.toml") && error.contains("line 3") && error.contains("curency"),
        "{error}"
    );
    std::fs::write(&path, "[business]\ncurrency = \"dong\"\n").expect("written");
    let error = Workspace::open(folder.path())
        .expect_err("no code")
        .to_string();
    assert!(error.contains("dong"), "{error}");
}
