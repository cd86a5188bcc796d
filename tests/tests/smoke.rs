#![allow(missing_docs)]
include!("../../dynamodel/docs/shop.rs");

#[tokio::test]
async fn smoke() {
    let shop = Shop::embedded().await.unwrap();
    let s = Session::sample("u1", "s1");
    shop.create(&s).await.unwrap();
    let e = shop.create(&s).await.unwrap_err();
    println!("{e}\n{e:?}");
    println!("{:?}", shop.get(Session::key("u1", "s1")).await.unwrap());
    println!("{:?}", shop.query(Session::of_user("u1")).await.unwrap());
    println!("{:?}", shop.query(Session::by_token("token-of-s1")).await.unwrap());
}
