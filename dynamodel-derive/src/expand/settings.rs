//! A table's settings as constants.

use crate::model::{Encryption, PROVISIONED, Settings, Table, Units};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// Each setting, in an order of its own.
pub(super) fn settings(table: &Table) -> Vec<TokenStream> {
    let krate = &table.krate;
    let setting = quote!(#krate::__private::Setting);
    let settings = &table.settings;
    let mut all = Vec::new();
    all.extend(settings.name.iter().map(|name| quote!(#setting::Name(#name))));
    all.extend(settings.default_name.iter().map(|name| quote!(#setting::DefaultName(#name))));
    all.extend(billing(krate, settings).map(|billing| quote!(#setting::Billing(#billing))));
    for index in &settings.indexes {
        // The check has found it.
        let Some(known) = table.indexes.iter().find(|known| known.marker == index.marker) else { continue };
        let name = &known.name;
        let pair = |units: &Units| throughput(krate, units);
        let [own, warm] = [&index.throughput, &index.warm_throughput].map(|units| units.as_ref().map(pair));
        all.extend(own.map(|own| quote!(#setting::IndexThroughput(#name, #own))));
        all.extend(warm.map(|warm| quote!(#setting::IndexWarmThroughput(#name, #warm))));
    }
    all.extend(settings.auto_scaling.iter().map(|scaling| {
        let up_to = throughput(krate, &scaling.up_to);
        let percent = scaling.target_percent.value;
        quote!(#setting::AutoScaling(#krate::__private::AutoScaling { up_to: #up_to, target_percent: #percent }))
    }));
    all.extend(settings.alarms.iter().map(|alarms| {
        let topic = super::tokens::option(krate, alarms.topic.as_ref().map(syn::LitStr::value).as_deref());
        let percent = alarms.capacity_percent.as_ref().map_or(80, |percent| percent.value);
        quote!(#setting::Alarms { topic: #topic, capacity_percent: #percent })
    }));
    let words = [
        ("Stream", "StreamView", &settings.stream),
        ("Class", "TableClass", &settings.class),
        ("ContributorInsights", "ContributorInsights", &settings.insights),
        ("Removal", "RemovalPolicy", &settings.removal),
    ];
    for (name, kind, choice) in words {
        let [name, kind] = [name, kind].map(ident);
        all.extend(choice.iter().map(|choice| {
            let variant = ident(choice.variant);
            quote!(#setting::#name(#krate::__private::#kind::#variant))
        }));
    }
    all.extend(settings.encryption.iter().map(|encryption| match encryption {
        Encryption::Owner(owner) => {
            let variant = ident(owner.variant);
            quote!(#setting::#variant)
        }
        Encryption::Kms(key) => quote!(#setting::Kms(#key)),
    }));
    all.extend(settings.recovery.iter().map(|days| {
        let days = days.value;
        quote!(#setting::PointInTimeRecovery(#days))
    }));
    all.extend(settings.deletion_protection.iter().map(|_| quote!(#setting::DeletionProtection)));
    all.extend(settings.warm_throughput.iter().map(|units| {
        let units = throughput(krate, units);
        quote!(#setting::WarmThroughput(#units))
    }));
    all.extend(settings.tags.iter().map(|tag| {
        let (key, value) = (&tag.key, &tag.value);
        quote!(#setting::Tag(#key, #value))
    }));
    all.extend(settings.replicas.iter().map(|region| quote!(#setting::Replica(#region))));
    all
}

fn billing(krate: &syn::Path, settings: &Settings) -> Option<TokenStream> {
    let billing = settings.billing.as_ref()?;
    let kind = quote!(#krate::__private::Billing);
    Some(match &billing.units {
        Some(units) => {
            let variant = if billing.mode.variant == PROVISIONED { "Provisioned" } else { "OnDemandUpTo" };
            let (variant, units) = (ident(variant), throughput(krate, units));
            quote!(#kind::#variant(#units))
        }
        None => quote!(#kind::OnDemand),
    })
}

fn throughput(krate: &syn::Path, units: &Units) -> TokenStream {
    let [read, write] = [units.read.value, units.write.value];
    quote!(#krate::__private::Throughput { read: #read, write: #write })
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
