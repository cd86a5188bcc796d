use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK")]
#[dynamo(gsi(Gsi1, pk = "G1"), gsi(Gsi2, pk = "G2"), gsi(Gsi3, pk = "G3"))]
#[dynamo(gsi(Gsi4, pk = "G4"), gsi(Gsi5, pk = "G5"), gsi(Gsi6, pk = "G6"))]
#[dynamo(gsi(Gsi7, pk = "G7"), gsi(Gsi8, pk = "G8"), gsi(Gsi9, pk = "G9"))]
#[dynamo(gsi(Gsi10, pk = "G10"), gsi(Gsi11, pk = "G11"), gsi(Gsi12, pk = "G12"))]
#[dynamo(gsi(Gsi13, pk = "G13"), gsi(Gsi14, pk = "G14"), gsi(Gsi15, pk = "G15"))]
#[dynamo(gsi(Gsi16, pk = "G16"), gsi(Gsi17, pk = "G17"), gsi(Gsi18, pk = "G18"))]
#[dynamo(gsi(Gsi19, pk = "G19"), gsi(Gsi20, pk = "G20"), gsi(Gsi21, pk = "G21"))]
struct Shop;

fn main() {}
