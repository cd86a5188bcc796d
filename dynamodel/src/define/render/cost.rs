//! The costs of a definition's sample items.

use crate::cost::Estimate;
use crate::define::definition::{Sample, TableDefinition};

impl TableDefinition {
    /// The costs of the table's items and access patterns in capacity units, computed from sample items: those of the
    /// [definition](Self::sample), and others added by [`Estimate::sample`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() -> dynamodel::Result<()> {
    /// use dynamodel::cost::RequestKind;
    ///
    /// let costs = Shop::definition().cost().sample(&Session::sample("u1", "s1")).finish()?;
    /// assert_eq!(costs.of("Session", RequestKind::Create).map(|cost| cost.write_units), Some(2.0)); // the table and Gsi1
    /// assert_eq!(costs.of("Session", RequestKind::Pattern("by_token")).map(|cost| cost.read_units), Some(0.5));
    /// println!("{costs}"); // a table in Markdown
    /// # Ok(()) }
    /// ```
    pub fn cost(&self) -> Estimate {
        let entity = |sample: &Sample| self.entities().get(sample.entity()).copied();
        let known = self.samples.iter().filter_map(|sample| Some((entity(sample)?, sample.image.clone())));
        known.fold(Estimate::new(self.schema()), |estimate, (entity, image)| estimate.with(entity, Ok(image)))
    }
}
