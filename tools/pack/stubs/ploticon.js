// Pictures for the buttons of Plotly's tool bar, which no chart shows.
export {};
