const path = require('node:path');
const { EsbuildPlugin } = require('esbuild-loader');
const HtmlWebpackPlugin = require('html-webpack-plugin');

const officeJs = {
  // Office add-ins must load office.js from Microsoft.
  'taskpane.html': 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js',
  // The workbench serves the same file from the installed package.
  'taskpane.workbench.html': '/office-js/office.js',
};

/** Builds the pane into dist/addin: the same page twice, apart only in where office.js comes from. */
module.exports = {
  context: __dirname,
  mode: 'production',
  target: ['web', 'es2022'],
  entry: { taskpane: './src/addin/taskpane/main.ts' },
  output: {
    path: path.resolve(__dirname, 'dist/addin'),
    filename: '[name].[contenthash:10].js',
    chunkFilename: '[name].[contenthash:10].js',
    publicPath: '/addin/',
    clean: true,
  },
  resolve: { extensions: ['.tsx', '.ts', '.js'] },
  module: {
    rules: [{ test: /\.tsx?$/, loader: 'esbuild-loader', options: { target: 'es2022', jsx: 'automatic' } }],
  },
  optimization: {
    minimizer: [new EsbuildPlugin({ target: 'es2022' })],
    splitChunks: { chunks: 'all', cacheGroups: { vendor: { test: /node_modules/, name: 'vendor' } } },
  },
  plugins: Object.entries(officeJs).map(
    ([filename, address]) =>
      new HtmlWebpackPlugin({
        filename,
        template: './src/addin/taskpane/taskpane.html',
        templateParameters: { officeJs: address },
        scriptLoading: 'defer',
      }),
  ),
  performance: { hints: false },
  stats: { preset: 'errors-warnings', assets: true, assetsSort: '!size', timings: true },
};
