/**
 * The front door: requests into the bus, contexts into staging, and a build's events out. This package says what is let in
 * and what is answered; how it comes in and goes out is the adapters' business.
 */
@NullMarked
package dev.slipway.gateway;

import org.jspecify.annotations.NullMarked;
