var express = require('express');

var indexRouter = require('./routes/index');
var validateRouter = require('./routes/validate');

var app = express();

app.use(express.json());
app.use(express.urlencoded({ extended: false }));

app.use('/', indexRouter);
app.use('/validate', validateRouter);

module.exports = app;
