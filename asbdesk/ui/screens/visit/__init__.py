"""The visit, full screen: nine steps in any order, three faces, and a way out on every one of them."""
