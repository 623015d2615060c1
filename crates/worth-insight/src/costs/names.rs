//! What actions and products are called.

use std::collections::HashMap;

use datafusion::arrow::array::AsArray;

use crate::columns::text;
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::steps::Named;

const PRODUCTS: &str = include_str!("products.sql");
const DOING: &str = "reading what products are called";

/// The names of all that entries speak of.
pub(super) struct Names {
    pub(super) actions: Named,
    /// By id.
    products: HashMap<String, String>,
}

impl Names {
    /// Of the snapshot, whatever the period. `products_too`: whether anybody asks what products are called.
    pub(super) async fn read(
        context: &Context,
        observation: &Observation,
        products_too: bool,
    ) -> Result<Self, Error> {
        let mut products = HashMap::new();
        let mut batches = Vec::new();
        if products_too {
            let frame = observation.query(PRODUCTS, &[]).await?;
            batches = frame.collect().await.map_err(Error::engine(DOING))?;
        }
        for batch in &batches {
            let columns = ["product_id", "product_name"].map(|name| text(batch, name));
            let [ids, names] = columns.each_ref().map(|texts| texts.as_string_view());
            let named = ids.iter().flatten().zip(names.iter().flatten());
            products.extend(named.map(|(id, name)| (id.to_owned(), name.to_owned())));
        }
        Ok(Self {
            actions: Named::read(context, observation).await?,
            products,
        })
    }

    /// What a product of the entries is called: they have its name, or its id.
    pub(super) fn product<'a>(&'a self, product: &'a str) -> &'a str {
        self.products.get(product).map_or(product, String::as_str)
    }
}
