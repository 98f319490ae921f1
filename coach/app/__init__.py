"""Joins the parts into workouts: live, rendered, and the demonstration. The only room that knows them all."""
