"""The one façade: all that a front end may ask or tell. Values go in and come out; nothing here prints."""
