const path = require('path');
const HtmlWebpackPlugin = require('html-webpack-plugin');
const { default: isopod } = require('@isopod/build/webpack');

const isProduction = process.env.NODE_ENV == 'production';

const config = {
  entry: './src/index.js',
  output: {
    path: path.resolve(__dirname, 'dist'),
  },
  devtool: 'source-map',
  plugins: [
    new HtmlWebpackPlugin({
      template: 'index.html',
    }),
    isopod(),
  ],
};

module.exports = () => {
  config.mode = isProduction ? 'production' : 'development';
  return config;
};
