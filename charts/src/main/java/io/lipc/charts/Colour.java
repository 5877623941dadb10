package io.lipc.charts;

/**
 * Colours of marks. Most people who confuse some colours can tell these apart. Each is a class in
 * {@code charts.css}, for light paper and for dark.
 */
public enum Colour {
  BLUE,
  RED,
  GREEN,
  AMBER,
  PURPLE,
  GREY,
  INK,
  PALE
}
