var path = require('path');
var express = require('express');
var router = express.Router();

var validator = import('@isopod/node').then(({ createHost }) => createHost().load(path.join(__dirname, '../plugins/validator.wasm')));
var record = { iban: 'DE89 3704 0044 0532 0130 00', country: 'AT', postcode: '1010' };

router.get('/', async function(req, res) {
  res.json(await (await validator).call('validate', record, { as: 'json' }));
});

module.exports = router;
